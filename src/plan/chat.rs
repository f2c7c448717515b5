//! The checked settings of a run about teachers that talk.

use super::common::Common;
use super::defaults::Defaults;
use super::spelling::{Flag, dash, join, recipe};
use super::{PlanError, Request, answers};
use crate::nn::Recipe;
use crate::oracle::{CHAT_SURFACES, ChatSurface};

/// Numbers per word of the teacher's embedding, and of a student's.
const EMBEDDINGS: (usize, usize) = (16, 12);

/// Settings that can be run. As with a [`Plan`](super::Plan), its flags make it again.
#[derive(Clone)]
pub struct ChatPlan {
    common: Common,
    answers: Vec<&'static ChatSurface>,
}

impl ChatPlan {
    /// What the data are called.
    pub const DATA: &'static str = "chat";

    /// Checks a request, filling in what suits the language.
    ///
    /// # Errors
    /// [`PlanError`], which names the flag, says what is wrong with it and what to write instead.
    pub fn check(request: &Request) -> Result<Self, PlanError> {
        let defaults = Defaults::of_chat(request.quick);
        if let Some(data) = request.data.as_deref().filter(|&data| data != Self::DATA) {
            let problem = "these teachers talk, and know one language";
            return Err(PlanError::new("--data", data, problem, "leave it out"));
        }
        let foreign = [
            ("--label", request.label.is_some()),
            ("--drop-missing", request.drop_missing),
            ("--teacher-url", request.teacher_url.is_some()),
            ("--output", request.output.is_some()),
            ("--strategy", request.strategy.is_some()),
            ("--price-label", request.price_label.is_some()),
            ("--price-query", request.price_query.is_some()),
            ("--price-pflop", request.price_pflop.is_some()),
        ];
        if let Some((flag, _)) = foreign.into_iter().find(|(_, given)| *given) {
            return Err(PlanError::new(flag, "", "it means nothing to teachers that talk", "leave it out"));
        }
        let answers = match &request.answers {
            None => CHAT_SURFACES[..2].iter().collect(),
            Some(names) => answers(names, &CHAT_SURFACES.iter().collect::<Vec<_>>(), |kind| kind.name)?,
        };
        let mut common = Common::check(request, &defaults)?;
        for (flag, widths) in [("--teacher", &common.teacher), ("--student", &common.student)] {
            if widths.len() != 1 {
                let problem = "a model that talks has one hidden layer";
                return Err(PlanError::new(
                    flag,
                    &join(widths),
                    problem,
                    format!("write one width, such as {flag} 64"),
                ));
            }
        }
        let names = |kinds: &[&ChatSurface]| kinds.iter().map(|kind| kind.name).collect::<Vec<_>>().join(",");
        let said = request.answers.is_some();
        let mut flags = vec![
            Flag { name: "--quick", said: request.quick, differs: request.quick, value: String::new() },
            Flag { name: "--answers", said, differs: said, value: names(&answers) },
        ];
        flags.extend(common.own_flags(request, &defaults));
        common.flags = flags;
        Ok(Self { common, answers })
    }

    /// What every plan has.
    pub fn common(&self) -> &Common {
        &self.common
    }

    /// Query budgets, rising, at least one, none zero.
    pub fn budgets(&self) -> &[usize] {
        &self.common.budgets
    }

    /// The largest budget.
    pub fn most(&self) -> usize {
        self.common.budgets[self.common.budgets.len() - 1]
    }

    /// Kinds of answer to compare, at least one.
    pub fn answers(&self) -> &[&'static ChatSurface] {
        &self.answers
    }

    /// Replicates to draw, at least one.
    pub fn replicates(&self) -> usize {
        self.common.replicates
    }

    /// The master seed.
    pub fn seed(&self) -> u64 {
        self.common.seed
    }

    /// Exchanges that the teacher learns from.
    pub fn corpus(&self) -> usize {
        self.common.sizes.training
    }

    /// Held-out questions of the exam, at most.
    pub fn test(&self) -> usize {
        self.common.sizes.test
    }

    /// The teacher's embedding and hidden width.
    pub fn teacher_size(&self) -> (usize, usize) {
        (EMBEDDINGS.0, self.common.teacher[0])
    }

    /// A student's embedding and hidden width.
    pub fn student_size(&self) -> (usize, usize) {
        (EMBEDDINGS.1, self.common.student[0])
    }

    /// Questions of the exam in all replicates together, at most: what shares of it are shares of.
    pub fn exam_rows(&self) -> usize {
        self.test().saturating_mul(self.replicates())
    }

    /// How the teacher is trained.
    pub fn teacher_recipe(&self) -> Recipe {
        self.common.teacher_recipe
    }

    /// How a student is trained.
    pub fn student_recipe(&self) -> Recipe {
        self.common.student_recipe
    }

    /// The settings a reader may want to know, as (name, value) in reading order.
    pub fn settings(&self) -> Vec<(String, String)> {
        let names: Vec<&str> = self.answers.iter().map(|kind| kind.name).collect();
        let size = |(embedding, hidden)| dash(&[embedding, hidden]);
        let pairs = [
            ("data", Self::DATA.to_owned()),
            ("training exchanges", self.corpus().to_string()),
            ("test questions", self.test().to_string()),
            ("teacher", size(self.teacher_size())),
            ("teacher training", recipe(&self.common.teacher_recipe)),
            ("student", size(self.student_size())),
            ("student training", recipe(&self.common.student_recipe)),
            ("weight decay", self.common.student_recipe.decay.to_string()),
            ("answers", names.join(", ")),
            ("budgets", join(&self.common.budgets)),
            ("replicates", self.common.replicates.to_string()),
        ];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_to_a_talk_is_refused_with_a_cure() {
        type Change = fn(&mut Request);
        let cases: [(&str, Change); 6] = [
            ("--data", |r| r.data = Some("glyphs".into())),
            ("--strategy", |r| r.strategy = Some("natural".into())),
            ("--price-query", |r| r.price_query = Some(1.0)),
            ("--answers", |r| r.answers = Some(vec!["label".into()])),
            ("--student", |r| r.student = Some("16,16".into())),
            ("--budgets", |r| r.budgets = Some("0".into())),
        ];
        for (flag, change) in cases {
            let mut request = Request::default();
            change(&mut request);
            let error = ChatPlan::check(&request).err().expect(flag);
            assert!(error.to_string().starts_with(flag) && !error.hint().is_empty(), "{error}");
        }
    }

    #[test]
    fn flags_make_the_plan_again() {
        let request = Request {
            data: Some("chat".into()),
            answers: Some(vec!["text".into()]),
            budgets: Some("100".into()),
            ..Request::default()
        };
        let plan = ChatPlan::check(&request).unwrap();
        assert_eq!((plan.common().flags().as_str(), plan.most()), (" --answers text --budgets 100", 100));
        assert_eq!(ChatPlan::check(&Request::default()).unwrap().common().flags(), "");
    }
}
