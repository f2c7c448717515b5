//! Does an API give away how wide the teacher is?
//!
//! The last layer of a network multiplies h hidden units into more words than that. However many prompts are asked, the
//! differences between their logits fill only h dimensions, and between their log-probabilities one more, for each row
//! is shifted by its own normaliser. The singular values of a matrix of answers therefore drop to nothing after that
//! many (Carlini et al. 2024), and the copier reads the width off the API without a single weight.
//!
//! Where answers are rounded or noisy, they drop to what noise alone would give. An n × m matrix of noise of standard
//! deviation σ has singular values up to about σ·(√n + √m) (Bai, Yin 1993): what lies above is counted.
//!
//! What can be read is the number of units that fire. Training with ReLU silences some for good, and those could be
//! taken out of the teacher without anybody noticing.

mod disguise;
mod figures;
mod reading;

mod spectrum;

use ndarray::Array2;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::contract::{About, Conclusion, Exhibits, Experiment, Study};
use super::run::chat::ChatReplicate;
use super::run::{Chapter, RunError, in_order};
use super::unread::Unread;
use crate::data::chat::VOCABULARY;
use crate::finding::{Own, Trial};
use crate::nn::Recipe;
use crate::nn::language::Token;
use crate::oracle::{Account, Chat, Examiner, Oracle, Teacher, Terms, chat_surface, serve};
use crate::plan::ChatPlan;
use crate::replicate::talk::{passages, shape};

use disguise::Disguise;
use reading::Reading;
use spectrum::Spectrum;

/// Widths of the teachers that are read, all below the number of words.
const WIDTHS: [usize; 3] = [16, 32, 48];
/// Prompts asked; each word of a reply is a row of the matrix.
const PROMPTS: usize = 300;
/// What such a teacher learns from, and for how long: its width shows from the first step.
const EXCHANGES: usize = 5_000;
const STEPS: usize = 500;

/// Own columns.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Counted {
    /// Hidden units of the teacher.
    width: usize,
    /// How many of them fire at least once.
    fires: usize,
    /// What was done to the answers.
    shown: Disguise,
    /// How many units are counted from them; `None` where there is nothing to count.
    read: Option<usize>,
}

/// The experiment that reads the width off the answers.
pub(super) struct HiddenWidth;

const ABOUT: About = About {
    name: "hidden-width",
    question: "Does an API give away how wide the teacher is?",
    prediction: "The API shows the log-probability of every word and nothing of the network. Can a customer count its \
                 hidden units? And if the numbers are rounded to two decimals?",
    caveats: &[
        "A unit that never fires is not counted: what is read is how many units the queries used, and the width is at \
         least that. Carlini et al. (2024) go on to the last layer's weights, up to a rotation; the layers below stay \
         hidden.",
        "It works where answers show more words than there are hidden units. An API that shows the five likeliest \
         words needs more queries per row, one that shows text alone shows no row at all.",
    ],
    seconds: 8,
    columns: &["width", "fires", "shown", "read"],
    unread: &[Unread::flags(&["--budgets", "--answers", "--student", "--steps"], "it trains teachers and no student")],
};

impl Experiment<Chat> for HiddenWidth {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn budgets(&self, _plan: &ChatPlan) -> Vec<usize> {
        Vec::new()
    }

    fn models_of_study(&self, _plan: &ChatPlan, replicates: usize) -> usize {
        replicates * WIDTHS.len()
    }

    fn study<'a>(&'a self, plan: &'a ChatPlan, _journal: &Chapter) -> Result<Option<Study<'a, Chat>>, RunError> {
        Ok(Some(Box::new(|replicate, journal| examine(plan, replicate, journal))))
    }

    fn conclude(&self, _plan: &ChatPlan, trials: &[Trial]) -> Conclusion {
        let reading = Reading::of(trials);
        Conclusion {
            title: reading.title(),
            verdicts: reading.verdicts(),
            claims: Vec::new(),
            next: vec!["run hidden-width --seed 1".to_owned(), "run hidden-width --teacher 64".to_owned()],
            table: reading.table(),
            figures: Vec::new(),
        }
    }
}

/// Trains a teacher of each width in a replicate and counts its units from its answers.
fn examine(plan: &ChatPlan, replicate: &ChatReplicate, journal: &Chapter) -> Result<(Vec<Trial>, Exhibits), RunError> {
    let surface = chat_surface("all-log-probabilities").expect("a kind of reply of the registry");
    let of_width = |&width: &usize| {
        let recipe = Recipe { steps: STEPS, ..plan.student_recipe() };
        let shape = shape((plan.teacher_size().0, width));
        let text = passages(shape, &replicate.teachers_text(EXCHANGES));
        let teacher = Teacher::train_to_talk(shape, &text, &recipe, replicate.seed("width").child(width))
            .map_err(|diverged| replicate.failed(format!("a teacher of width {width}"), diverged))?;
        let terms = Terms { surface, quota: PROMPTS, noise: replicate.seed("noise") };
        let (api, examiner) = serve(teacher, terms);
        Ok(read(replicate, api.open(), &examiner, width))
    };
    let of_width = |width: &usize| journal.keep(width, 1, || of_width(width));
    let mut spectra: Vec<Spectrum> = in_order(WIDTHS.par_iter().map(of_width).collect())?.concat();
    // The control: where there are more units than words, everything stands out and nothing can be read.
    let account = replicate.open(surface, PROMPTS, "width");
    spectra.extend(read(replicate, account, replicate.exam().examiner(), plan.teacher_size().1));
    let figures = if replicate.number() == 0 { figures::of_first_replicate(&spectra) } else { Vec::new() };
    let records = spectra.iter().map(|spectrum| record(replicate, spectrum)).collect();
    Ok((records, Exhibits::of(figures)))
}

/// The row of records of a spectrum.
fn record(replicate: &ChatReplicate, spectrum: &Spectrum) -> Trial {
    let Spectrum { width, fires, disguise, .. } = *spectrum;
    let own = Counted { width, fires, shown: disguise, read: spectrum.read() };
    Trial {
        data: ChatPlan::DATA.to_owned(),
        replicate: replicate.number(),
        arm: format!("width-{}", spectrum.width),
        queries: PROMPTS,
        own: Own::of(&own),
        ..Trial::default()
    }
}

/// Asks and takes the answers apart, under every disguise.
fn read(
    replicate: &ChatReplicate,
    mut account: Account<Chat>,
    examiner: &Examiner<Chat>,
    width: usize,
) -> Vec<Spectrum> {
    let prompts = replicate.prompts(PROMPTS, 0.0, "width");
    let replies = account.ask(&prompts).expect("an account for as many prompts");
    let rows: Vec<&Vec<(u8, f32)>> = replies.iter().flat_map(|reply| &reply.likely).collect();
    let mut answers = Array2::zeros((rows.len(), VOCABULARY));
    for (mut answer, row) in answers.rows_mut().into_iter().zip(rows) {
        row.iter().for_each(|&(word, log)| answer[usize::from(word)] = f64::from(log));
    }
    let texts: Vec<Vec<Token>> = replies.iter().map(|reply| reply.text.clone()).collect();
    let fires = examiner.units_that_fire(&prompts, &texts);
    let spectrum = |disguise: Disguise| {
        let shown = disguise.of(&answers, &mut replicate.seed("disguise").child(width).stream());
        Spectrum::of(shown.view(), disguise, (width, fires))
    };
    Disguise::ALL.map(spectrum).to_vec()
}
