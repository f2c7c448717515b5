//! The kinds of suspect: how each was made, and which reference models it is compared with.

use crate::experiment::run::spec::{ModelSpec, Seeds, Size, Source, Supervision};
use crate::oracle::Label;
use crate::plan::Plan;
use crate::seed::Seed;

/// How many independent models of the teacher's size answer as one in the ensemble; the first of them are suspects
/// themselves.
pub(super) use crate::experiment::run::ensemble::MEMBERS;

/// Of a scraped model's data, one part in this number is the teacher's.
const SCRAPED_PART: usize = 10;

/// How a suspect was made. All but two have a student's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Own true labels.
    Innocent,
    /// A public model first, then own true labels.
    InnocentBase,
    /// The teacher's size and recipe, own true labels.
    InnocentLarge,
    /// The mean of several of those: closer to any good model than one of them, without having met any.
    Ensemble,
    /// Answers of the teacher, as the plan's first kind of answer shows them.
    Copy,
    /// The teacher's first choices only.
    LabelCopy,
    /// A public model first, then answers of the teacher.
    BaseCopy,
    /// Own true labels, but a tenth of its data are the teacher's first choices.
    Scraped,
    /// Trained on the teacher's own training examples; never queried the teacher.
    SharedData,
}

impl Kind {
    /// In the order of tables: from independent to dependent.
    pub(super) const ALL: [Self; 9] = [
        Self::Ensemble,
        Self::InnocentLarge,
        Self::Innocent,
        Self::InnocentBase,
        Self::Scraped,
        Self::BaseCopy,
        Self::LabelCopy,
        Self::Copy,
        Self::SharedData,
    ];

    /// Those that never met the teacher nor its data.
    pub(super) const INDEPENDENT: [Self; 4] = [Self::Ensemble, Self::InnocentLarge, Self::Innocent, Self::InnocentBase];
    /// Those that learned from nothing but the teacher's answers.
    pub(super) const COPIES: [Self; 3] = [Self::BaseCopy, Self::LabelCopy, Self::Copy];
    /// The line-up, all of them at the largest budget; a kind may stand in it more than once.
    pub(super) const LINEUP: [Self; 6] =
        [Self::Copy, Self::LabelCopy, Self::Scraped, Self::SharedData, Self::Innocent, Self::Innocent];

    /// Its name in the records.
    pub(super) fn arm(self) -> &'static str {
        match self {
            Self::Innocent => "innocent",
            Self::InnocentBase => "innocent-base",
            Self::InnocentLarge => "innocent-large",
            Self::Ensemble => "ensemble",
            Self::Copy => "copy",
            Self::LabelCopy => "copy-label",
            Self::BaseCopy => "copy-base",
            Self::Scraped => "scraped",
            Self::SharedData => "shared-data",
        }
    }

    /// Whose colour it has in figures.
    pub(super) fn actor(self, plan: &Plan) -> &'static str {
        match self {
            Self::Innocent => "truth",
            Self::Copy => plan.answers()[0].name(),
            Self::LabelCopy => "label",
            other => other.arm(),
        }
    }

    /// What it is called, short.
    pub(super) fn label(self, plan: &Plan) -> String {
        let answers = plan.answers()[0].name();
        match self {
            Self::Innocent => "independent".to_owned(),
            Self::InnocentBase => "independent, open base".to_owned(),
            Self::InnocentLarge => "independent, teacher's size".to_owned(),
            Self::Ensemble => format!("{MEMBERS} independent as one"),
            Self::Copy => format!("asked, {answers}"),
            Self::LabelCopy => "asked, label only".to_owned(),
            Self::BaseCopy => format!("open base, {answers}"),
            Self::Scraped => "10 % scraped answers".to_owned(),
            Self::SharedData => "shared data, never asked".to_owned(),
        }
    }

    /// How it was made, for somebody who does not know the other kinds.
    pub(super) fn made(self, plan: &Plan) -> String {
        let answers = plan.answers()[0].name();
        match self {
            Self::Innocent => "trained on true labels of its own; it never met the teacher".to_owned(),
            Self::InnocentBase => "a public model, then true labels of its own".to_owned(),
            Self::InnocentLarge => "the teacher's size, true labels of its own".to_owned(),
            Self::Ensemble => {
                format!("{MEMBERS} models of the teacher's size that answer as one, true labels of their own")
            }
            Self::Copy => format!("distilled: every example was a query to the teacher ({answers})"),
            Self::LabelCopy => "distilled: every example was a query to the teacher (label)".to_owned(),
            Self::BaseCopy => format!("a public model, then distilled ({answers})"),
            Self::Scraped => "true labels of its own, but a tenth of its data were the teacher's labels".to_owned(),
            Self::SharedData => "trained on the teacher's own training examples; never queried the teacher".to_owned(),
        }
    }

    /// What it is made from, with the random numbers of this seed. An ensemble is made from large ones.
    pub(super) fn spec(self, plan: &Plan, seed: Seed) -> ModelSpec {
        let small = Size::Student(plan.student_hidden().to_vec());
        let own = |size: Size| ModelSpec::independent(size, Source::OwnPool, Seeds::Own(seed));
        let asking = |surface| ModelSpec {
            source: Source::OwnPool,
            seeds: Seeds::Own(seed),
            ..ModelSpec::from_answers(plan, surface)
        };
        match self {
            Self::Innocent => own(small),
            Self::InnocentBase => own(small).on_base(),
            Self::InnocentLarge | Self::Ensemble => own(Size::Teacher),
            Self::Copy => asking(plan.answers()[0]),
            Self::LabelCopy => asking(&Label),
            Self::BaseCopy => asking(plan.answers()[0]).on_base(),
            Self::Scraped => ModelSpec { supervision: Supervision::Scraped(SCRAPED_PART), ..own(small) },
            Self::SharedData => ModelSpec { source: Source::Teachers, ..own(small) },
        }
    }

    /// At which budgets it stands, which are also those of the reference models it is compared with.
    pub(super) fn budgets(self, budgets: &[usize]) -> Vec<usize> {
        let (middle, last) = (budgets[(budgets.len() - 1) / 2], budgets[budgets.len() - 1]);
        match self {
            Self::Innocent | Self::Copy => budgets.to_vec(),
            Self::InnocentBase | Self::BaseCopy => vec![middle],
            Self::InnocentLarge | Self::Ensemble | Self::LabelCopy | Self::Scraped | Self::SharedData => vec![last],
        }
    }

    /// Whether it is trained once and compared with the teacher of every replicate. The others are trained anew in
    /// each.
    pub(super) fn trained_once(self) -> bool {
        matches!(self, Self::InnocentLarge | Self::Ensemble)
    }

    /// How many of it stand in each replicate at each of its budgets.
    pub(super) fn count(self) -> usize {
        match self {
            Self::Innocent => 5,
            Self::Ensemble => 1,
            _ => 3,
        }
    }
}
