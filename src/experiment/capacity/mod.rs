//! On smaller hardware: how small can the student be before questions stop helping?
//!
//! Students of six widths at a few budgets, and as a control each width once on true labels, at the largest budget.
//! What holds a width back is read from two paired differences at the largest budget, each with its interval:
//! what ten times more questions bring it ("questions"), and what the widest student has more ("size"). See
//! [`Limit::of`] for the rule. The second one tells a small student that is stuck from a large one that has arrived:
//! both are flat.
//!
//! Size and steps can look alike. For the plan's own student the reference `ceiling` tells them apart: the same width
//! with four times the questions and steps. Where that comes within a point of the widest, steps were missing.
//!
//! The rule looks at the last decade of budgets, on `spirals` 1,000 against 10,000 questions. From 100 to 1,000
//! questions, widths 8 and 16 still gain about four points, widths 2 and 4 nothing. Width 2 scatters by some ten
//! points from world to world, which is why its mean may differ by several points from that of other worlds.

#[cfg(test)]
mod tests;

use super::curves::{AGREEMENT, Curves, rounded};
use super::reference::Reference;
use super::telling::{TRUTH, basis, cell};
use super::{Conclusion, Experiment, Job, Kind, Make, PointExperiment, Unread};
use crate::audit::statistics::Estimate;
use crate::finding::{Curves as Chart, Drawing, Figure, Heat, HeatRow, Series, Table, Trial};
use crate::plan::Plan;
use crate::words::{list, points, thousands};

const WIDTHS: [usize; 6] = [2, 4, 8, 16, 32, 64];
const WIDEST: usize = WIDTHS[WIDTHS.len() - 1];
/// Less agreement than this is not worth ten times more questions.
const POINT: f64 = 0.01;

/// The experiment with students of many sizes.
pub(super) struct Capacity;

impl Experiment for Capacity {
    fn name(&self) -> &'static str {
        "capacity"
    }

    fn question(&self) -> &'static str {
        "How small can a student be before questions stop helping?"
    }

    fn prediction(&self) -> &'static str {
        "Students of 2 to 64 units a layer ask the same teacher the same questions. Which of them gain from ten times \
         more, and what does a student with 2 units reach?"
    }

    fn caveats(&self) -> &'static [&'static str] {
        &[
            "A width that is too small here is too small for this task, this number of layers, this many steps and \
             these random starts. Longer training or another shape may do more with as many parameters.",
            "All widths take the plan's steps and learning rate. Each might do better with settings of its own.",
            "Hardware is more than parameters: memory, speed and precision are not measured.",
        ]
    }

    fn seconds(&self) -> u32 {
        10
    }

    fn own_columns(&self) -> &'static [&'static str] {
        &["width"]
    }

    fn unread(&self) -> &'static [Unread] {
        const {
            &[
                Unread::PRICES,
                Unread::but_first(&["--answers"], "it compares widths"),
                Unread::but("the number of layers", &["--student"], "it compares widths of its own"),
            ]
        }
    }

    fn kind(&'static self) -> Kind {
        Kind::Points(self)
    }
}

impl PointExperiment for Capacity {
    fn sweep(&self, plan: &Plan) -> Vec<Job> {
        let few = plan.few_budgets();
        let answers = Make::from_answers(plan, plan.answers()[0].name());
        let of_width = |width: usize| {
            let made = |make: Make, arm: String, budgets: &[usize]| {
                // As many layers as the plan's student has.
                let hidden = vec![width; plan.student_hidden().len()];
                let jobs = Make { hidden, ..make }.at(&arm, budgets);
                jobs.into_iter().map(move |job| Job { extra: vec![width.to_string()], ..job })
            };
            let asked = made(answers.clone(), asked(width), &few);
            asked.chain(made(Make::from_truth(plan), told(width), &few[few.len() - 1..])).collect::<Vec<_>>()
        };
        WIDTHS.into_iter().flat_map(of_width).collect()
    }

    fn conclude(&self, plan: &Plan, trials: &[Trial]) -> Conclusion {
        let budgets = plan.few_budgets();
        let reading = Reading { plan, budgets: &budgets, curves: Curves::new(trials, &budgets, plan.exam_rows()) };
        let title = reading.title();
        Conclusion {
            verdicts: reading.verdicts(),
            next: vec![
                format!("run capacity{} --answers label", plan.data_flags()),
                format!("run capacity{} --steps {}", plan.data_flags(), 4 * plan.student_recipe().steps),
            ],
            table: reading.table(),
            figures: vec![reading.curves_figure(&title), reading.heat_figure(&title)],
            title,
        }
    }
}

/// The arm of a width that asks.
fn asked(width: usize) -> String {
    format!("width-{width}")
}

/// The control of a width, on true labels.
fn told(width: usize) -> String {
    format!("{TRUTH}-{width}")
}

/// What keeps a width from agreeing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    /// Ten times more questions bring next to nothing, the widest student at least a point.
    Size,
    /// The same, but more steps bring it within a point of the widest.
    Steps,
    /// Ten times more questions bring something that can be measured and may be worth a point.
    Questions,
    /// Neither ten times more questions nor the widest student bring a point.
    Nothing,
    /// The intervals do not decide.
    Unclear,
}

impl Limit {
    /// The rule. `questions`: agreement at the largest budget minus that at a tenth of it. `size`: agreement of the
    /// widest student minus this one's, both at the largest budget. Paired 95 % intervals.
    ///
    /// A width is limited by its size if the interval of `size` begins above a point and that of `questions` ends below
    /// one. Tiny students scatter too much for that: there it is enough if `questions` may be nothing at all, and at
    /// most less than `size` is at least.
    fn of(questions: Estimate, size: Estimate) -> Self {
        let no_point = questions.high < POINT;
        let nothing_measured = questions.low <= 0.0 && questions.high < size.low;
        match () {
            () if size.low > POINT && (no_point || nothing_measured) => Self::Size,
            () if size.high < POINT && no_point => Self::Nothing,
            () if questions.low > 0.0 && !no_point => Self::Questions,
            () => Self::Unclear,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Size => "limited by size",
            Self::Steps => "limited by steps",
            Self::Questions => "questions still help",
            Self::Nothing => "large enough",
            Self::Unclear => "unclear",
        }
    }
}

/// The records, read.
struct Reading<'a> {
    plan: &'a Plan,
    budgets: &'a [usize],
    curves: Curves<'a>,
}

impl Reading<'_> {
    fn most(&self) -> usize {
        self.budgets[self.budgets.len() - 1]
    }

    /// The smaller budget that is nearest to a tenth of the largest; `None` where the nearest is over a fifth.
    fn tenth(&self) -> Option<usize> {
        let wanted = (self.most() as f64 / 10.0).ln();
        let distance = |budget: &usize| ((*budget as f64).ln() - wanted).abs();
        let smaller = self.budgets[..self.budgets.len() - 1].iter().copied();
        smaller.min_by(|a, b| distance(a).total_cmp(&distance(b))).filter(|tenth| 5 * tenth <= self.most())
    }

    /// What more questions bring a width.
    fn gain(&self, width: usize) -> Option<Estimate> {
        let (arm, tenth) = (asked(width), self.tenth()?);
        self.curves.difference((&arm, Some(self.most())), (&arm, Some(tenth)), AGREEMENT)
    }

    /// What the widest student has more.
    fn size(&self, width: usize) -> Option<Estimate> {
        let most = Some(self.most());
        self.curves.difference((&asked(WIDEST), most), (&asked(width), most), AGREEMENT)
    }

    fn limit(&self, width: usize) -> Limit {
        let gaps = self.gain(width).zip(self.size(width));
        match gaps.map_or(Limit::Unclear, |(questions, size)| Limit::of(questions, size)) {
            Limit::Size if self.steps_would_do(width) => Limit::Steps,
            limit => limit,
        }
    }

    /// Whether the same width with more steps and questions comes within a point of the widest; known only of the
    /// plan's own student.
    fn steps_would_do(&self, width: usize) -> bool {
        let ceiling = (Reference::Ceiling.name(), None);
        let left = self.curves.difference((&asked(WIDEST), Some(self.most())), ceiling, AGREEMENT);
        self.plan.student_hidden().iter().all(|&own| own == width) && left.is_some_and(|left| left.high < POINT)
    }

    /// "2, 4 and 8": the widths that are held back by this.
    fn widths(&self, limit: Limit) -> Option<String> {
        let names: Vec<String> =
            WIDTHS.into_iter().filter(|&w| self.limit(w) == limit).map(|width| width.to_string()).collect();
        (!names.is_empty()).then(|| list(&names))
    }

    fn title(&self) -> String {
        let (most, Some(tenth)) = (thousands(self.most()), self.tenth()) else {
            return "These budgets are too close to tell what ten times more questions would bring".to_owned();
        };
        let times = format!("{} questions instead of {}", most, thousands(tenth));
        let limited: Vec<usize> = WIDTHS.into_iter().filter(|&w| self.limit(w) == Limit::Size).collect();
        let rising = self.widths(Limit::Questions);
        let gains: Vec<Estimate> = limited.iter().filter_map(|&width| self.gain(width)).collect();
        let little = if gains.iter().all(|gain| gain.low <= 0.0) {
            "nothing measurable"
        } else if gains.iter().all(|gain| gain.high < POINT) {
            "less than a point"
        } else {
            "less than a point or nothing measurable"
        };
        let every = WIDTHS.into_iter().all(|width| self.limit(width) == Limit::Questions);
        match (&limited[..], rising) {
            ([first, rest @ ..], _) => {
                let widths = match rest {
                    [.., last] if limited == WIDTHS[..limited.len()] => format!("Up to width {last}"),
                    [] => format!("At width {first}"),
                    _ => format!("At widths {}", self.widths(Limit::Size).unwrap_or_default()),
                };
                format!("{widths}, the student's size is the limit: {times} bring {little}")
            }
            ([], Some(_)) if every => format!("No width is held back by its size alone: {times} still help every one"),
            ([], Some(rising)) => {
                format!("No width is measurably held back by its size alone; {times} still help width {rising}")
            }
            ([], None) if self.widths(Limit::Nothing).is_some() => {
                format!("No width is measurably held back by its size; {times} bring less than a point")
            }
            ([], None) if self.plan.replicates() == 1 => "Inconclusive: one world has no interval".to_owned(),
            ([], None) => format!("Inconclusive: {} worlds cannot tell size from questions", self.plan.replicates()),
        }
    }

    fn verdicts(&self) -> Vec<String> {
        let Some(tenth) = self.tenth() else { return Vec::new() };
        let (most, tenth) = (thousands(self.most()), thousands(tenth));
        let mut verdicts = vec![format!(
            "the rule: a width is limited by its size if {most} questions instead of {tenth} bring less than a point, \
             or nothing measurable and less than width {WIDEST} has more, and that is over a point; by steps, if four \
             times the steps and questions bring it within a point of width {WIDEST} (paired intervals)"
        )];
        let told = |gap: Estimate| points(gap.mean, gap.low, gap.high);
        for width in WIDTHS {
            let (Some(gain), Some(size)) = (self.gain(width), self.size(width)) else { continue };
            let verdict = self.limit(width).words();
            verdicts.push(if !gain.low.is_finite() {
                format!("width {width}: {verdict}, a single world has no interval")
            } else if width == WIDEST {
                format!("width {width}: {verdict}; more questions bring {}; there is no wider one", told(gain))
            } else {
                let (gain, size) = (told(gain), told(size));
                format!("width {width}: {verdict}; more questions bring {gain}; width {WIDEST} has {size} more")
            });
        }
        verdicts
    }

    fn table(&self) -> Table {
        let mut head: Vec<String> = ["width", "parameters"].map(str::to_owned).into();
        let shown = [self.tenth(), Some(self.most())].into_iter().flatten();
        head.extend(shown.clone().map(|budget| format!("at {}", thousands(budget))));
        head.extend([TRUTH.to_owned(), "reading".to_owned()]);
        let row = |width: usize| {
            let mut row = vec![width.to_string(), thousands(self.parameters(width))];
            row.extend(shown.clone().map(|budget| cell(self.curves.at(&asked(width), Some(budget), AGREEMENT))));
            row.push(cell(self.curves.at(&told(width), Some(self.most()), AGREEMENT)));
            row.push(self.limit(width).words().to_owned());
            row
        };
        Table { head, rows: WIDTHS.into_iter().map(row).collect() }
    }

    /// Weights and biases of the student of this width.
    fn parameters(&self, width: usize) -> usize {
        let widths = self.plan.around(&vec![width; self.plan.student_hidden().len()]);
        widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    fn heat_figure(&self, title: &str) -> Figure {
        let row = |width: usize| {
            let told = self.curves.at(&told(width), Some(self.most()), AGREEMENT);
            let asked = self.budgets.iter().map(|&budget| self.curves.at(&asked(width), Some(budget), AGREEMENT));
            let cells = asked.chain([told]).map(|cell| Some(rounded(cell?.mean))).collect();
            let label = format!("{width} ({} parameters)", thousands(self.parameters(width)));
            HeatRow { label, cells, note: self.note(width) }
        };
        let control = format!("{} true labels", thousands(self.most()));
        let budgets = self.budgets.iter().map(|&budget| thousands(budget));
        Figure {
            name: "heat".to_owned(),
            title: title.to_owned(),
            subtitle: format!(
                "Agreement with the teacher in percent; answers: {}; last column: no teacher; {}",
                self.plan.answers()[0].name(),
                basis(self.plan)
            ),
            drawing: Drawing::Heat(Heat {
                x_label: "Query budget: questions asked".to_owned(),
                y_label: "Units in each hidden layer".to_owned(),
                columns: budgets.chain([control]).collect(),
                controls: 1,
                rows: WIDTHS.into_iter().rev().map(row).collect(),
            }),
        }
    }

    /// "limited by size; 1,000 → 10,000: 0.3 points [−0.5, 1.2]".
    fn note(&self, width: usize) -> String {
        match self.gain(width) {
            Some(gain) if gain.low.is_finite() => {
                let (most, tenth) = (thousands(self.most()), thousands(self.tenth().unwrap_or_default()));
                let brought = points(gain.mean, gain.low, gain.high);
                format!("{}; {tenth} → {most}: {brought}", self.limit(width).words())
            }
            _ => self.limit(width).words().to_owned(),
        }
    }

    fn curves_figure(&self, title: &str) -> Figure {
        let series = |width: usize| self.curves.series(&asked(width), &format!("width {width}"), AGREEMENT);
        // The ceiling is that of the plan's student, one of these widths at most: not a line to compare all with.
        let control = self.curves.series(&told(WIDEST), &format!("width {WIDEST}, true labels"), AGREEMENT);
        let control = Series { actor: TRUTH.to_owned(), ..control };
        let references = [Reference::Retrained, Reference::Independent, Reference::IndependentSmall, Reference::Chance];
        Figure {
            name: "agreement".to_owned(),
            title: title.to_owned(),
            subtitle: format!(
                "How often student and teacher give the same answer to new points; answers: {}; {}",
                self.plan.answers()[0].name(),
                basis(self.plan)
            ),
            drawing: Drawing::Curves(Chart {
                x_label: "Query budget: questions asked".to_owned(),
                y_label: "Agreement with the teacher".to_owned(),
                series: WIDTHS.into_iter().rev().map(series).chain([control]).collect(),
                references: self.curves.lines(&references, AGREEMENT),
                threshold: None,
                callouts: Vec::new(),
            }),
        }
    }
}
