//! Does an API give away how wide the teacher is?
//!
//! The last layer of a network multiplies h hidden units into more words than that. However many prompts are asked, the
//! differences between their logits fill only h dimensions, and between their log-probabilities one more, for each row
//! is shifted by its own normaliser. The singular values of a matrix of answers therefore drop to nothing after that
//! many (Carlini et al. 2024), and the copier reads the width off the API without a single weight.

use ndarray::{Array2, s};
use ndarray_rand::rand_distr::{Distribution, Normal};
use rayon::prelude::*;

use super::chat::{passages, shape};
use super::{ChatExperiment, ChatWorld, Conclusion, Done, Exhibits, Experiment, Kind, RunError, Seen, Unread};
use crate::audit::spectrum::singular_values;
use crate::data::chat::VOCABULARY;
use crate::finding::{Decades, Drawing, Figure, Point, Series, Table, Trial};
use crate::nn::Recipe;
use crate::oracle::{Account, Chat, Oracle, Teacher, Terms, chat_surface, serve};
use crate::plan::ChatPlan;
use crate::seed::Stream;
use crate::words::list;

/// Widths of the teachers that are read, all below the number of words.
const WIDTHS: [usize; 3] = [16, 32, 48];
/// The width that is shown under every disguise.
const SHOWN: usize = 32;
/// Prompts asked; each word of a reply is a row of the matrix.
const PROMPTS: usize = 300;
/// What such a teacher learns from, and for how long: its width shows from the first step.
const EXCHANGES: usize = 5_000;
const STEPS: usize = 500;
/// A drop by less than this factor from one singular value to the next is no drop: without one the width stays unread.
const DROP: f64 = 20.0;
const COLUMNS: [&str; 3] = ["width", "shown", "read"];

/// What the provider does to its log-probabilities before it shows them.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Disguise {
    Nothing,
    TwoDecimals,
    Noise,
}

impl Disguise {
    const ALL: [Self; 3] = [Self::Nothing, Self::TwoDecimals, Self::Noise];
    /// Standard deviation of the noise, in nats.
    const SIGMA: f64 = 0.01;

    fn name(self) -> &'static str {
        match self {
            Self::Nothing => "exact",
            Self::TwoDecimals => "two-decimals",
            Self::Noise => "noise-0.01",
        }
    }

    fn of(self, answers: &Array2<f64>, noise: &mut Stream) -> Array2<f64> {
        let normal = Normal::new(0.0, Self::SIGMA).expect("a positive deviation");
        answers.mapv(|log| match self {
            Self::Nothing => log,
            Self::TwoDecimals => (100.0 * log).round() / 100.0,
            Self::Noise => log + normal.sample(&mut *noise),
        })
    }
}

/// The experiment that reads the width off the answers.
pub(super) struct HiddenWidth;

impl Experiment for HiddenWidth {
    fn name(&self) -> &'static str {
        "hidden-width"
    }

    fn question(&self) -> &'static str {
        "Does an API give away how wide the teacher is?"
    }

    fn prediction(&self) -> &'static str {
        "The API shows the log-probability of every word and nothing of the network. Can a customer count its hidden \
         units? And if the numbers are rounded to two decimals?"
    }

    fn caveats(&self) -> &'static [&'static str] {
        &[
            "The width is one number. Carlini et al. go on to the last layer's weights, up to a rotation; the layers \
             below stay hidden.",
            "It works where answers show more words than there are hidden units. An API that shows the five likeliest \
             words needs more questions per row, one that shows text alone shows no row at all.",
            "A unit that never fires is not counted: what is read is how many units the questions used.",
        ]
    }

    fn seconds(&self) -> u32 {
        14
    }

    fn own_columns(&self) -> &'static [&'static str] {
        &COLUMNS
    }

    fn unread(&self) -> &'static [Unread] {
        const {
            let flags = &["--budgets", "--answers", "--student", "--steps"];
            &[Unread::flags(flags, "it trains teachers and no student")]
        }
    }

    fn kind(&'static self) -> Kind {
        Kind::Chat(self)
    }
}

impl ChatExperiment for HiddenWidth {
    fn models(&self, _plan: &ChatPlan) -> usize {
        WIDTHS.len()
    }

    fn look(&self, plan: &ChatPlan, world: &ChatWorld, done: Done) -> Result<Seen, RunError> {
        let surface = chat_surface("all-log-probabilities").expect("a kind of reply of the registry");
        let of_width = |&width: &usize| {
            let recipe = Recipe { steps: STEPS, ..plan.student_recipe() };
            let shape = shape((plan.teacher_size().0, width));
            let text = passages(shape, &world.teachers_text(EXCHANGES));
            let teacher = Teacher::train_to_talk(shape, &text, &recipe, world.seed("width").child(width))
                .map_err(|diverged| world.failed(format!("a teacher of width {width}"), diverged))?;
            done();
            let terms = Terms { surface, quota: PROMPTS, noise: world.seed("noise") };
            Ok(read(world, serve(teacher, terms).0.open(), width))
        };
        let read_widths: Vec<Result<Vec<Spectrum>, RunError>> = WIDTHS.par_iter().map(of_width).collect();
        let mut spectra = read_widths.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
        // The control: with more units than words nothing can drop.
        spectra.extend(read(world, world.open(surface, PROMPTS, "width"), plan.teacher_size().1));
        let figures = if world.replicate() == 0 { figures(&spectra) } else { Vec::new() };
        let records = spectra.iter().map(|spectrum| spectrum.record(world)).collect();
        Ok((records, Exhibits { figures, ..Exhibits::default() }))
    }

    fn conclude(&self, plan: &ChatPlan, trials: &[Trial]) -> Conclusion {
        let right = |disguise: Disguise| {
            let narrow: Vec<&Vec<String>> = rows(trials, disguise).filter(|row| !is_control(row)).collect();
            (narrow.iter().filter(|row| row[0] == row[2]).count(), narrow.len())
        };
        let said = |disguise| {
            let (right, all) = right(disguise);
            format!("{right} of {all}")
        };
        let control: Vec<&Vec<String>> = rows(trials, Disguise::Nothing).filter(|row| is_control(row)).collect();
        let unread = control.iter().filter(|row| row[2].is_empty()).count();
        Conclusion {
            title: format!(
                "The width is read off exact answers in {} cases, rounded to two decimals in {}, with noise 0.01 in {}",
                said(Disguise::Nothing),
                said(Disguise::TwoDecimals),
                said(Disguise::Noise)
            ),
            verdicts: vec![format!(
                "control: a teacher of {} units, more than its {VOCABULARY} words: no drop in {unread} of {} worlds",
                plan.teacher_size().1,
                control.len()
            )],
            next: vec!["run hidden-width --seed 1".to_owned(), "run hidden-width --teacher 64".to_owned()],
            table: table(trials),
            figures: Vec::new(),
        }
    }
}

/// One matrix of answers, taken apart.
#[derive(Clone, Debug, PartialEq)]
struct Spectrum {
    width: usize,
    disguise: Disguise,
    /// Relative to the largest.
    values: Vec<f64>,
}

impl Spectrum {
    /// The width: one less than the number of singular values before the steepest drop. `None` where nothing drops.
    fn read(&self) -> Option<usize> {
        let drop = |at: usize| self.values[at] / self.values[at + 1].max(1e-12);
        let steepest = (0..self.values.len() - 2).max_by(|&a, &b| drop(a).total_cmp(&drop(b)))?;
        (drop(steepest) >= DROP).then_some(steepest)
    }

    fn record(&self, world: &ChatWorld) -> Trial {
        let read = self.read().map_or(String::new(), |width| width.to_string());
        Trial {
            data: ChatPlan::DATA.to_owned(),
            replicate: world.replicate(),
            arm: format!("width-{}", self.width),
            queries: PROMPTS,
            extra: vec![self.width.to_string(), self.disguise.name().to_owned(), read],
            ..Trial::default()
        }
    }
}

/// Asks and takes the answers apart, under every disguise.
fn read(world: &ChatWorld, mut account: Account<Chat>, width: usize) -> Vec<Spectrum> {
    let prompts = world.prompts(PROMPTS, 0.0, "width");
    let replies = account.ask(&prompts).expect("an account for as many prompts");
    let rows: Vec<&Vec<(u8, f32)>> = replies.iter().flat_map(|reply| &reply.likely).collect();
    let mut answers = Array2::zeros((rows.len(), VOCABULARY));
    for (mut answer, row) in answers.rows_mut().into_iter().zip(rows) {
        row.iter().for_each(|&(word, log)| answer[usize::from(word)] = f64::from(log));
    }
    let spectrum = |disguise: Disguise| {
        let shown = disguise.of(&answers, &mut world.seed("disguise").child(width).stream());
        // Differences to the first answer: what all answers share says nothing about the hidden units.
        let differences = &shown.slice(s![1.., ..]) - &shown.row(0);
        let values = singular_values(differences.view());
        Spectrum { width, disguise, values: values.iter().map(|value| value / values[0]).collect() }
    };
    Disguise::ALL.map(spectrum).to_vec()
}

fn rows(trials: &[Trial], disguise: Disguise) -> impl Iterator<Item = &Vec<String>> {
    trials.iter().map(|trial| &trial.extra).filter(move |row| row[1] == disguise.name())
}

fn is_control(row: &[String]) -> bool {
    !WIDTHS.iter().any(|width| row[0] == width.to_string())
}

fn table(trials: &[Trial]) -> Table {
    let mut widths: Vec<&String> = Vec::new();
    for trial in trials {
        if !widths.contains(&&trial.extra[0]) {
            widths.push(&trial.extra[0]);
        }
    }
    let cell = |width: &str, disguise: Disguise| {
        let read: Vec<&str> = rows(trials, disguise).filter(|row| row[0] == width).map(|row| row[2].as_str()).collect();
        let mut seen: Vec<&str> = read.clone();
        seen.sort_unstable();
        seen.dedup();
        let seen = seen.iter().map(|read| if read.is_empty() { "no drop" } else { read });
        seen.collect::<Vec<_>>().join(", ")
    };
    let row = |width: &&String| {
        let cells = Disguise::ALL.map(|disguise| cell(width, disguise));
        std::iter::once((*width).clone()).chain(cells).collect()
    };
    Table {
        head: ["true width", "exact", "two decimals", "noise 0.01"].map(str::to_owned).to_vec(),
        rows: widths.iter().map(row).collect(),
    }
}

/// The first world: where the singular values drop, and what disguises do to the drop.
fn figures(spectra: &[Spectrum]) -> Vec<Figure> {
    let series = |spectrum: &Spectrum, actor: String, label: String| {
        let point = |(index, &value): (usize, &f64)| {
            // Eight digits are more than single precision keeps.
            let value = (value.max(1e-8) * 1e10).round() / 1e10;
            Point { x: (index + 1) as f64, mean: value, low: value, high: value }
        };
        Series { actor, label, points: spectrum.values.iter().enumerate().map(point).collect() }
    };
    let by_width = spectra.iter().filter(|spectrum| spectrum.disguise == Disguise::Nothing);
    let by_width = by_width.map(|it| series(it, format!("width-{}", it.width), format!("{} hidden units", it.width)));
    let shown = spectra.iter().filter(|spectrum| spectrum.width == SHOWN);
    let by_disguise = shown.map(|it| series(it, it.disguise.name().to_owned(), it.disguise.name().to_owned()));
    let said = |spectrum: &Spectrum| spectrum.read().map_or("none".to_owned(), |at| (at + 1).to_string());
    let of =
        |disguise| spectra.iter().find(|it| (it.width, it.disguise) == (SHOWN, disguise)).map_or(String::new(), said);
    let figure = |name: &str, title: String, series: Vec<Series>| Figure {
        name: name.to_owned(),
        title,
        subtitle: format!(
            "Singular values of {PROMPTS} prompts' log-probabilities, differences to the first; one world"
        ),
        drawing: Drawing::Decades(Decades {
            x_label: "Number of the singular value, from the largest".to_owned(),
            y_label: "Relative to the largest".to_owned(),
            series,
            levels: Vec::new(),
        }),
    };
    let exact: Vec<&Spectrum> = spectra.iter().filter(|it| it.disguise == Disguise::Nothing).collect();
    let drop = |it: &&&Spectrum| it.read().map(|at| format!("{} ({} units)", at + 1, it.width));
    let drops: Vec<String> = exact.iter().filter_map(|it| drop(&it)).collect();
    vec![
        figure(
            "spectrum",
            format!("The drop comes after {}: one more than the units that fire", list(&drops)),
            by_width.collect(),
        ),
        figure(
            "disguises",
            format!(
                "{SHOWN} units: the drop comes after {} exactly, {} rounded to two decimals, {} with noise",
                of(Disguise::Nothing),
                of(Disguise::TwoDecimals),
                of(Disguise::Noise)
            ),
            by_disguise.collect(),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_is_read_at_the_steepest_drop_or_not_at_all() {
        let spectrum = |values: &[f64]| Spectrum { width: 3, disguise: Disguise::Nothing, values: values.to_vec() };
        // Three units and the normaliser: four singular values, then rounding errors.
        assert_eq!(spectrum(&[1.0, 0.5, 0.3, 0.1, 1e-6, 9e-7, 8e-7]).read(), Some(3));
        assert_eq!(spectrum(&[1.0, 0.5, 0.3, 0.1, 0.05, 0.04, 0.03]).read(), None);
    }

    #[test]
    fn disguises_do_as_they_are_named() {
        let answers = Array2::from_elem((100, 50), -1.23456);
        let mut noise = crate::seed::Seed::new(0).stream();
        assert!(Disguise::TwoDecimals.of(&answers, &mut noise).iter().all(|x| (x + 1.23).abs() < 1e-12));
        let noisy = Disguise::Noise.of(&answers, &mut noise);
        // A deviation from 5,000 values is known to 1 %.
        assert!((noisy.std(0.0) - 0.01).abs() < 5e-4, "{}", noisy.std(0.0));
    }
}
