//! Defaults per experiment: its plan where the request says nothing.

/// The data and the number of replicates that an experiment takes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// A built-in dataset.
    pub data: &'static str,
    /// How many replicates are drawn.
    pub replicates: usize,
}

impl Default for Home {
    /// That of the headline.
    fn default() -> Self {
        Self { data: "spirals", replicates: 10 }
    }
}
