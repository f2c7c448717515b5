//! Flags that have no effect on an experiment: it declares them, and the program says so before the run.
//!
//! It says so and goes on: the run is sound, and the same flags may be given to several experiments.

use super::{About, Group};

/// A flag that an experiment does not read, or not all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    flags: &'static [&'static str],
    read: Read,
    instead: &'static str,
}

/// What is read of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    Nothing,
    FirstOfList,
    LargestOfList,
    Only(&'static str),
}

impl Unread {
    /// Prices, for all experiments but the one about costs.
    pub(crate) const PRICES: Self =
        Self::flags(&["--price-label", "--price-query", "--price-pflop"], "prices are for cost");

    /// Nothing of these flags is read, and this is what happens instead.
    pub(crate) const fn flags(flags: &'static [&'static str], instead: &'static str) -> Self {
        Self { flags, read: Read::Nothing, instead }
    }

    /// Of a list the first is read.
    pub(crate) const fn but_first(flags: &'static [&'static str], instead: &'static str) -> Self {
        Self { flags, read: Read::FirstOfList, instead }
    }

    /// Of a list or a range the largest is read.
    pub(crate) const fn but_largest(flags: &'static [&'static str], instead: &'static str) -> Self {
        Self { flags, read: Read::LargestOfList, instead }
    }

    /// This is all that is read of the flags.
    pub(crate) const fn but(read: &'static str, flags: &'static [&'static str], instead: &'static str) -> Self {
        Self { flags, read: Read::Only(read), instead }
    }

    /// The flags that were given and have no effect, each with what to tell.
    fn without_effect<'a>(&'a self, experiment: &'a About, group: &'a Group) -> impl Iterator<Item = NoEffect> + 'a {
        self.flags.iter().filter_map(move |&flag| {
            let value = group.said(flag)?;
            let (name, instead) = (experiment.name, self.instead);
            let told = match self.read {
                Read::Nothing => format!("{name} does not read {flag}: {instead}"),
                Read::FirstOfList if !value.contains(',') => return None,
                Read::FirstOfList => format!("{name} reads only the first of {flag}: {instead}"),
                Read::LargestOfList if !value.contains([',', '.']) => return None,
                Read::LargestOfList => format!("{name} reads only the largest of {flag}: {instead}"),
                Read::Only(part) => format!("{name} reads only {part} of {flag}: {instead}"),
            };
            Some(NoEffect { flag, told })
        })
    }
}

/// A flag that has no effect.
struct NoEffect {
    flag: &'static str,
    told: String,
}

/// What to tell about flags that none of the experiments of a run reads. With several experiments, a flag was meant for
/// those that read it.
pub fn unread(groups: &[Group]) -> Vec<String> {
    let of_experiment = |group: &Group, experiment: &'static About| {
        experiment.unread.iter().flat_map(|unread| unread.without_effect(experiment, group)).collect::<Vec<_>>()
    };
    let all: Vec<Vec<NoEffect>> = groups
        .iter()
        .flat_map(|group| group.experiments().into_iter().map(move |experiment| of_experiment(group, experiment)))
        .collect();
    let by_all = |it: &&NoEffect| all.iter().all(|others| others.iter().any(|other| other.flag == it.flag));
    all.iter().flatten().filter(by_all).map(|it| it.told.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::experiment;
    use crate::plan::Request;

    fn told(names: &[&str], change: impl FnOnce(&mut Request)) -> Vec<String> {
        let mut request = Request::default();
        change(&mut request);
        let experiments: Vec<_> = names.iter().map(|name| experiment(name).unwrap()).collect();
        unread(&Group::sort(&experiments, &request).unwrap())
    }

    #[test]
    fn a_flag_without_effect_is_named_and_one_that_is_read_is_not() {
        let price = |request: &mut Request| request.price_query = Some(500.0);
        assert_eq!(told(&["budget"], price), ["budget does not read --price-query: prices are for cost"]);
        assert_eq!(told(&["cost"], price), [""; 0]);
        assert_eq!(told(&["budget", "cost"], price), [""; 0], "meant for cost");
        assert_eq!(told(&["budget", "capacity"], price).len(), 2);
        let second = |request: &mut Request| request.answers = Some(vec!["label".into(), "noisy".into()]);
        assert!(told(&["open-base"], second)[0].starts_with("open-base reads only the first of --answers"));
        assert_eq!(told(&["open-base"], |request| request.answers = Some(vec!["label".into()])), [""; 0]);
        let several = |text: &'static str| move |request: &mut Request| request.budgets = Some(text.into());
        assert!(told(&["guard"], several("20,50"))[0].starts_with("guard reads only the largest of --budgets"));
        assert_eq!(told(&["guard"], several("50")), [""; 0]);
        let wider = |request: &mut Request| request.student = Some("32,32".into());
        assert!(told(&["capacity"], wider)[0].starts_with("capacity reads only the number of layers of --student"));
    }

    #[test]
    fn a_plan_that_says_nothing_is_told_nothing() {
        let names: Vec<&str> =
            crate::experiment::EXPERIMENTS.iter().map(|experiment| experiment.about().name).collect();
        for name in names {
            assert_eq!(told(&[name], |request| request.quick = true), [""; 0], "{name}");
        }
    }
}
