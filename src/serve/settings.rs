//! The settings of a server, checked: which teachers, under which terms.

use super::models::TalkModel;
use crate::data::{self, Dataset, Glyphs, TableOptions};
use crate::oracle::{CHAT_SURFACES, ChatSurface, SURFACES, Surface, chat_surface, surface};
use crate::plan::{ChatPlan, Plan, PlanError, Request};

/// What is served where nobody says otherwise.
const MODELS: [&str; 2] = ["spirals", TalkModel::NAME];
/// What an account gets where nobody says otherwise.
const QUOTA: usize = 10_000;
/// The most that SQLite counts to, halved so that no sum overflows.
const MOST: usize = i64::MAX as usize / 2;

/// What somebody asked for, unchecked.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Datasets, tables, or the teacher that talks.
    pub models: Vec<String>,
    /// The label column of a table.
    pub label: Option<String>,
    /// Whether rows of a table in which something is missing are left out.
    pub drop_missing: bool,
    /// Kinds of answer: one for points, one for talk.
    pub answers: Vec<String>,
    /// Queries of an account in all.
    pub quota: Option<usize>,
    /// Queries of an account in a minute.
    pub rate_limit: Option<usize>,
    /// Whether detectors close accounts.
    pub guard: bool,
    /// Whether whoever asks gets an account.
    pub join: bool,
    /// The seed of the teachers.
    pub seed: u64,
}

/// Settings that a server can start with.
pub struct Settings {
    pub(super) models: Vec<Choice>,
    answers: (&'static dyn Surface, &'static ChatSurface),
    pub(super) quota: usize,
    pub(super) rate_limit: Option<usize>,
    guard: bool,
    pub(super) join: bool,
    pub(super) seed: u64,
}

/// Which teacher, and how it is made.
pub(super) enum Choice {
    /// It is asked about points.
    Points(Box<Plan>),
    /// It talks.
    Talks(Box<ChatPlan>),
}

impl Choice {
    fn name(&self) -> &str {
        match self {
            Self::Points(plan) => plan.data().name(),
            Self::Talks(_) => TalkModel::NAME,
        }
    }
}

impl Settings {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// [`PlanError`], which names the flag, says what is wrong with it and what to write instead.
    pub fn check(wanted: &Wanted) -> Result<Self, PlanError> {
        let names: Vec<&str> = match &wanted.models[..] {
            [] => MODELS.to_vec(),
            names => names.iter().map(String::as_str).collect(),
        };
        let models: Vec<Choice> = names.iter().map(|name| chosen(name, wanted)).collect::<Result<_, _>>()?;
        for (at, model) in models.iter().enumerate() {
            if models[..at].iter().any(|other| other.name() == model.name()) {
                let problem = "two models have this name, and a request names one";
                return Err(PlanError::new("MODEL", model.name(), problem, "leave one out"));
            }
        }
        for (flag, number) in [("--quota", wanted.quota), ("--rate-limit", wanted.rate_limit)] {
            if number.is_some_and(|number| !(1..=MOST).contains(&number)) {
                let given = number.unwrap_or_default().to_string();
                return Err(PlanError::new(flag, &given, "no account could ask anything", format!("write {flag} 100")));
            }
        }
        let answers = answers(&wanted.answers, &models)?;
        let glyphs = Glyphs::default();
        if wanted.guard && !models.iter().any(|model| model.name() == glyphs.name()) {
            let problem = "detectors learn from honest customers, and only those of glyphs are known";
            return Err(PlanError::new("--guard", "", problem, "write: distill serve glyphs --guard"));
        }
        let (quota, seed) = (wanted.quota.unwrap_or(QUOTA), wanted.seed);
        let (guard, join, rate_limit) = (wanted.guard, wanted.join, wanted.rate_limit);
        Ok(Self { models, answers, quota, rate_limit, guard, join, seed })
    }

    /// What an answer about points shows.
    pub(super) fn surface(&self) -> &'static dyn Surface {
        self.answers.0
    }

    /// What a reply shows.
    pub(super) fn chat_surface(&self) -> &'static ChatSurface {
        self.answers.1
    }

    /// Whether accounts of a model are watched.
    pub(super) fn watches(&self, model: &str) -> bool {
        self.guard && model == Glyphs::default().name()
    }

    /// Teachers to train.
    pub fn teachers(&self) -> usize {
        self.models.len()
    }
}

fn chosen(name: &str, wanted: &Wanted) -> Result<Choice, PlanError> {
    let request = Request { seed: Some(wanted.seed), ..Request::default() };
    if name == TalkModel::NAME {
        return Ok(Choice::Talks(Box::new(ChatPlan::check(&request)?)));
    }
    // What says how a table is read says nothing to a dataset beside it.
    let built_in = data::built_in().iter().any(|data| data.name() == name);
    let label = wanted.label.clone().filter(|_| !built_in);
    let drop_missing = wanted.drop_missing && !built_in;
    // Here, where an error can name what is wrong: a plan would speak of a flag that is not there.
    data::open(name, TableOptions { label: label.as_deref(), drop_missing }).map_err(|error| {
        let cure = format!("{}, or {} for a teacher that talks", error.hint(), TalkModel::NAME);
        PlanError::new("MODEL", "", error.to_string(), cure)
    })?;
    let request = Request { data: Some(name.to_owned()), label, drop_missing, ..request };
    Ok(Choice::Points(Box::new(Plan::check(&request)?)))
}

/// The kind of answer for points and the kind of reply: by default all that there is to show.
fn answers(names: &[String], models: &[Choice]) -> Result<(&'static dyn Surface, &'static ChatSurface), PlanError> {
    let talks = models.iter().any(|model| matches!(model, Choice::Talks(_)));
    let points = models.iter().any(|model| matches!(model, Choice::Points(_)));
    let (mut of_points, mut of_talk) = (None, None);
    for name in names {
        let twice = match (surface(name), chat_surface(name)) {
            (Some(kind), _) if points => of_points.replace(kind).is_some(),
            (_, Some(kind)) if talks => of_talk.replace(kind).is_some(),
            (None, None) => {
                let known = SURFACES.iter().map(|kind| kind.name()).chain(CHAT_SURFACES.iter().map(|kind| kind.name));
                return Err(PlanError::unknown("--answers", name, known));
            }
            _ => return Err(PlanError::new("--answers", name, "it is for models that are not served", "leave it out")),
        };
        if twice {
            let problem = "it is the second kind for the same models";
            return Err(PlanError::new("--answers", name, problem, "name one kind for points and one for talk"));
        }
    }
    let all = (SURFACES[0], &CHAT_SURFACES[CHAT_SURFACES.len() - 1]);
    Ok((of_points.unwrap_or(all.0), of_talk.unwrap_or(all.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(change: impl FnOnce(&mut Wanted)) -> String {
        let mut wanted = Wanted::default();
        change(&mut wanted);
        let error = Settings::check(&wanted).err().expect("a refusal");
        format!("{error}; {}", error.hint())
    }

    #[test]
    fn the_default_is_a_teacher_of_spirals_and_one_that_talks() {
        let settings = Settings::check(&Wanted::default()).unwrap();
        let names: Vec<&str> = settings.models.iter().map(Choice::name).collect();
        assert_eq!((names, settings.quota, settings.rate_limit), (vec!["spirals", "aurora"], 10_000, None));
        assert_eq!(
            (settings.surface().name(), settings.chat_surface().name),
            ("probabilities", "all-log-probabilities")
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_cure() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert!(refusal(|it| it.models = names(&["sprials"])).contains("did you mean spirals?"));
        assert!(refusal(|it| it.models = names(&["moons", "moons"])).contains("leave one out"));
        assert!(refusal(|it| it.quota = Some(0)).contains("--quota 100"));
        assert!(refusal(|it| it.guard = true).contains("glyphs --guard"));
        assert!(refusal(|it| it.answers = names(&["lable"])).contains("did you mean label?"));
        assert!(refusal(|it| it.answers = names(&["label", "noisy"])).contains("the second kind"));
        let told = refusal(|it| (it.models, it.answers) = (names(&["moons"]), names(&["text"])));
        assert!(told.contains("are not served"), "{told}");
    }
}
