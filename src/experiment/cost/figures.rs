//! The pictures of cost: dollars until a student agrees, and the price of a query at which asking saves nothing.

use super::*;

impl Reading<'_> {
    /// An arm's cost of a level, on top of `more`; nothing to draw where it is only known to be no more than a number.
    fn amount(&self, arm: &str, level: f64, more: f64) -> Option<Amount> {
        let (own, median) = (self.level_of(arm, level)?, self.median(arm, level));
        let what = if arm == TRUTH { "labels" } else { "queries" };
        let price = median.map(|count| self.dollars(arm, count));
        let text = match price.known() {
            Some(own) if more > 0.0 => format!("{} + {}", dollars(more), dollars(own)),
            Some(own) => format!("{} ({} {what})", dollars(own), median.words(about)),
            None => price.map(|own| more + own).words_or("less", dollars),
        };
        let value = price.known().or_else(|| (!price.is_reached()).then(|| price.least()))?;
        Some(Amount {
            actor: arm.to_owned(),
            label: label(arm),
            value: more + value,
            open: price.known().is_none(),
            replicates: own.known().into_iter().map(|count| more + self.dollars(arm, count)).collect(),
            text,
        })
    }

    pub(super) fn cost_figure(&self) -> Figure {
        let group = |level: f64| AmountGroup {
            name: format!("{} agreement", goal(level)),
            rows: self.arms.iter().filter_map(|arm| self.amount(arm, level, 0.0)).collect(),
        };
        let teacher = self.teacher_dollars();
        let counted = |level: f64| {
            let more = |arm: &str| if arm == TRUTH { 0.0 } else { teacher };
            AmountGroup {
                name: format!("{} agreement, the teacher's cost included", goal(level)),
                rows: self.arms.iter().filter_map(|arm| self.amount(arm, level, more(arm))).collect(),
            }
        };
        let groups = LEVELS.into_iter().map(group).chain(self.level().map(counted)).collect();
        let labels = thousands(self.plan.sizes().training);
        let label = format!("the teacher itself: {} for {labels} labels and its training", dollars(teacher));
        Figure {
            name: "cost".to_owned(),
            title: self.price_of_agreement().unwrap_or_else(|| self.title()),
            subtitle: format!(
                "What a student pays for examples and training until it agrees; {}; {}, small dots: single replicates",
                self.plan.prices(),
                self.replicates(),
            ),
            drawing: Drawing::Amounts(Amounts {
                x_label: "Dollars".to_owned(),
                groups,
                marks: vec![Mark { value: teacher, label }],
            }),
        }
    }

    /// "95 % agreement costs $0.61 in queries, $110 in labels, teacher $1,000".
    fn price_of_agreement(&self) -> Option<String> {
        let (first, level) = (&self.arms[0], self.level()?);
        let [asked, told] = [first.as_str(), TRUTH].map(|arm| self.price(arm, self.median(arm, level)));
        let teacher = dollars(self.teacher_dollars());
        Some(format!("{} agreement costs {asked} in queries, {told} in labels, teacher {teacher}", goal(level)))
    }

    /// Nothing to draw where no kind of answer reaches a level in every replicate.
    pub(super) fn break_even_figure(&self) -> Option<Figure> {
        let row = |arm: &String, level: f64| {
            let factor = self.labels_per_query(arm, level)?;
            let text = format!("{} labels", factor.words());
            let (value, open) = factor.shown()?;
            Some(Amount { actor: arm.clone(), label: label(arm), value, open, replicates: factor.replicates, text })
        };
        let group = |level: f64| AmountGroup {
            name: format!("{} agreement", goal(level)),
            rows: self.answers().iter().filter_map(|arm| row(arm, level)).collect(),
        };
        let groups: Vec<AmountGroup> = LEVELS.into_iter().map(group).filter(|group| !group.rows.is_empty()).collect();
        let headline = self.level().and_then(|level| Some((level, self.labels_per_query(&self.arms[0], level)?)));
        let price = self.query_in_labels();
        let title = match headline {
            Some((level, factor)) => {
                format!(
                    "At {} agreement a query with {} is worth {} labels",
                    goal(level),
                    label(&self.arms[0]),
                    factor.brief()
                )
            }
            None => "No break-even: not every replicate says what the level takes".to_owned(),
        };
        let even = Mark { value: 1.0, label: "a query costs as much as a true label".to_owned() };
        let price =
            price.map(|value| Mark { value, label: format!("what a query costs here: {} labels", ratio(value)) });
        (!groups.is_empty()).then(|| Figure {
            name: "break-even".to_owned(),
            title,
            subtitle: format!(
                "How many true labels do the work of one query: where a query costs more than that, asking saves \
                 nothing; {}, small dots: single replicates",
                self.replicates_in_geometric_mean()
            ),
            drawing: Drawing::Amounts(Amounts {
                x_label: "Worth of a query, in true labels (logarithmic)".to_owned(),
                groups,
                marks: [Some(even), price].into_iter().flatten().collect(),
            }),
        })
    }

    fn replicates(&self) -> String {
        match self.plan.replicates() {
            1 => format!("{}, one replicate", self.plan.data().name()),
            replicates => format!("{}, median of {replicates} replicates", self.plan.data().name()),
        }
    }

    fn replicates_in_geometric_mean(&self) -> String {
        match self.plan.replicates() {
            1 => format!("{}, one replicate", self.plan.data().name()),
            replicates => {
                format!("{}, geometric mean of {replicates} replicates, 95 % interval", self.plan.data().name())
            }
        }
    }
}
