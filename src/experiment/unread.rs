//! Flags that have no effect on an experiment: it declares them, and the program says so before the run.
//!
//! It says so and goes on: the run is sound, and the same flags may be given to several experiments.

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

    /// The flags that were given to an experiment and have no effect, each with what to tell.
    pub(crate) fn without_effect<'a>(
        &'a self,
        experiment: &'a str,
        said: impl Fn(&str) -> Option<&'a str> + 'a,
    ) -> impl Iterator<Item = NoEffect> + 'a {
        self.flags.iter().filter_map(move |&flag| {
            let (value, instead) = (said(flag)?, self.instead);
            let told = match self.read {
                Read::Nothing => format!("{experiment} does not read {flag}: {instead}"),
                Read::FirstOfList if !value.contains(',') => return None,
                Read::FirstOfList => format!("{experiment} reads only the first of {flag}: {instead}"),
                Read::LargestOfList if !value.contains([',', '.']) => return None,
                Read::LargestOfList => format!("{experiment} reads only the largest of {flag}: {instead}"),
                Read::Only(part) => format!("{experiment} reads only {part} of {flag}: {instead}"),
            };
            Some(NoEffect { flag, told })
        })
    }
}

/// A flag that has no effect.
pub(crate) struct NoEffect {
    pub(crate) flag: &'static str,
    pub(crate) told: String,
}
