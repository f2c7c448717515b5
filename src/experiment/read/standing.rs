//! What the teacher knows: how often it is right, beside what its most frequent answer alone would be.
//!
//! A teacher that knows nothing teaches nothing, however well a student agrees with it. Every run about points says
//! where its teachers stand, and a title says first that they know nothing.

use super::curves::{ACCURACY, AGREEMENT, Curves};
use crate::audit::statistics::Estimate;
use crate::experiment::run::references::Reference;
use crate::words::percent;

/// Where the teachers of a run stand.
pub(crate) struct Standing {
    accuracy: Estimate,
    /// The accuracy of always giving the most frequent answer.
    constant: Estimate,
    /// How often the teacher gives that answer.
    frequency: f64,
    knows: bool,
}

impl Standing {
    /// Reads it from the records; `None` of records without references.
    pub(crate) fn of(curves: &Curves) -> Option<Self> {
        let [teacher, constant] = [Reference::Teacher, Reference::Constant].map(Reference::name);
        let (accuracy, of_constant) = (curves.at(teacher, None, ACCURACY)?, curves.at(constant, None, ACCURACY)?);
        let frequency = curves.at(constant, None, AGREEMENT)?.mean;
        let gap = curves.difference((teacher, None), (constant, None), ACCURACY)?.gap;
        // A single replicate has no interval: then this very teacher is judged, by the rows of its exam alone.
        let [own, others] = [accuracy, of_constant].map(|share| curves.over_the_exam(share.mean));
        let knows = own.low > others.high && (gap.low > 0.0 || !gap.low.is_finite());
        Some(Self { knows, accuracy, constant: of_constant, frequency })
    }

    /// The verdict line.
    pub(crate) fn verdict(&self) -> String {
        let [accuracy, constant] = [self.accuracy.mean, self.constant.mean].map(percent);
        let frequency = percent(self.frequency);
        let more = if self.knows { "" } else { ", so it is not shown to know anything" };
        format!(
            "the teacher is right on {accuracy}; its most frequent answer, {frequency} of all, would be right on \
             {constant}{more}"
        )
    }

    /// A title, after a warning where the teachers know nothing.
    pub(crate) fn warn(&self, title: String) -> String {
        if self.knows { title } else { format!("The teacher is not shown to know anything. {title}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Trial;

    /// Teachers of these accuracies, one a replicate.
    fn standing_of(teachers: &[f64], constant: f64, rows: usize) -> Standing {
        let trial = |replicate: usize, arm: Reference, accuracy: f64, agreement: f64| Trial {
            replicate,
            arm: arm.name().to_owned(),
            accuracy: Some(accuracy),
            agreement: Some(agreement),
            ..Trial::default()
        };
        let of_replicate = |(replicate, &accuracy): (usize, &f64)| {
            [trial(replicate, Reference::Teacher, accuracy, 1.0), trial(replicate, Reference::Constant, constant, 0.6)]
        };
        let trials: Vec<Trial> = teachers.iter().enumerate().flat_map(of_replicate).collect();
        Standing::of(&Curves::new(&trials, &[10], rows)).unwrap()
    }

    fn standing(teacher: f64, constant: f64, rows: usize) -> Standing {
        standing_of(&[teacher], constant, rows)
    }

    #[test]
    fn a_lucky_teacher_does_not_make_three_that_know() {
        // 20, 21 and 30 % of many rows against 20 %: 3.7 points on average, 12.7 and more either way.
        assert!(!standing_of(&[0.20, 0.21, 0.30], 0.20, 30_000).knows);
        assert!(standing_of(&[0.80, 0.81, 0.90], 0.20, 30_000).knows);
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
