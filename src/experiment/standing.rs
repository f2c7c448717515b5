//! What the teacher knows: how often it is right, beside what its most frequent answer alone would be.
//!
//! A teacher that knows nothing teaches nothing, however well a student agrees with it. Every run about points says
//! where its teachers stand, and a title says first that they know nothing.

use super::curves::{ACCURACY, AGREEMENT, Curves};
use super::reference::Reference;
use crate::audit::statistics::Estimate;
use crate::words::percent;

/// Where the teachers of a run stand.
pub(super) struct Standing {
    accuracy: Estimate,
    /// The accuracy of always giving the most frequent answer.
    constant: Estimate,
    /// How often the teacher gives that answer.
    frequency: f64,
    knows: bool,
}

impl Standing {
    /// Reads it from the records; `None` of records without references.
    pub(super) fn of(curves: &Curves) -> Option<Self> {
        let [teacher, constant] = [Reference::Teacher, Reference::Constant].map(Reference::name);
        let (accuracy, of_constant) = (curves.at(teacher, None, ACCURACY)?, curves.at(constant, None, ACCURACY)?);
        let frequency = curves.at(constant, None, AGREEMENT)?.mean;
        // About these very teachers: what is in doubt is the exam alone.
        let [own, others] = [accuracy, of_constant].map(|share| curves.over_the_exam(share.mean));
        Some(Self { knows: own.low > others.high, accuracy, constant: of_constant, frequency })
    }

    /// The verdict line.
    pub(super) fn verdict(&self) -> String {
        let [accuracy, constant] = [self.accuracy.mean, self.constant.mean].map(percent);
        let frequency = percent(self.frequency);
        let more = if self.knows { "" } else { ", so it is not shown to know anything" };
        format!(
            "the teacher is right on {accuracy}; its most frequent answer, {frequency} of all, would be right on \
             {constant}{more}"
        )
    }

    /// A title, after a warning where the teachers know nothing.
    pub(super) fn warn(&self, title: String) -> String {
        if self.knows { title } else { format!("The teacher is not shown to know anything. {title}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Trial;

    fn standing(teacher: f64, constant: f64, rows: usize) -> Standing {
        let trial = |arm: Reference, accuracy: f64, agreement: f64| Trial {
            arm: arm.name().to_owned(),
            accuracy: Some(accuracy),
            agreement: Some(agreement),
            ..Trial::default()
        };
        let trials = [trial(Reference::Teacher, teacher, 1.0), trial(Reference::Constant, constant, 0.6)];
        Standing::of(&Curves::new(&trials, &[10], rows)).unwrap()
    }

    #[test]
    fn a_teacher_that_is_right_no_more_often_than_one_answer_knows_nothing() {
        // Wilson, 1,000 rows (statsmodels): 0.60 is 0.569 to 0.630, 0.55 is 0.519 to 0.581, 0.70 is 0.671 to 0.728.
        assert_eq!([0.60, 0.55, 0.70].map(|accuracy| standing(accuracy, 0.55, 1_000).knows), [false, false, true]);
        // Of 20 rows 14 are 0.481 to 0.855 and 11 are 0.342 to 0.742.
        assert!(!standing(0.70, 0.55, 20).knows);
        let unsure = standing(0.55, 0.55, 1_000);
        assert!(unsure.warn("10 queries".to_owned()).starts_with("The teacher is not shown to know anything. 10"));
        let line = "the teacher is right on 70.0 %; its most frequent answer, 60.0 % of all, would be right on 55.0 %";
        assert_eq!(standing(0.70, 0.55, 1_000).verdict(), line);
        assert_eq!(standing(0.70, 0.55, 1_000).warn("A title".to_owned()), "A title");
    }
}
