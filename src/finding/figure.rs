//! The pictures of a finding, before they are drawn: numbers, names and words, no colours and no places on paper.

use serde::{Deserialize, Serialize};

use super::charts::{Amounts, Curves, Decades, Discs, Heat, Multiples, Scatter};
use super::pictures::{Gallery, Maps, Places, Sheet, Transcript};

/// One picture, before it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// File name without its ending.
    pub name: String,
    /// What the reader should see, computed from the trials.
    pub title: String,
    /// What is plotted.
    pub subtitle: String,
    /// The content.
    pub drawing: Drawing,
}

impl Figure {
    /// What is plotted and what the marks mean. A page that shows the same without these marks tells the subtitle
    /// alone.
    pub fn described(&self) -> String {
        match &self.drawing {
            Drawing::Scatter(Scatter { key, .. }) | Drawing::Multiples(Multiples { key, .. }) if !key.is_empty() => {
                format!("{}; {key}", self.subtitle)
            }
            _ => self.subtitle.clone(),
        }
    }
}

/// The kinds of picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Drawing {
    /// Curves over a logarithmic axis.
    Curves(Curves),
    /// Decision maps of the plane.
    Maps(Maps),
    /// Small images that two models answer differently.
    Sheet(Sheet),
    /// Points in a plane of two amounts.
    Scatter(Scatter),
    /// One map of the plane, with the points of several actors on it side by side.
    Places(Places),
    /// Small images, a row of them for each of several actors.
    Gallery(Gallery),
    /// Shares in a grid of cells.
    Heat(Heat),
    /// Amounts on a logarithmic axis, one row each.
    Amounts(Amounts),
    /// Curves over two logarithmic axes.
    Decades(Decades),
    /// Small charts below one another.
    Multiples(Multiples),
    /// Probabilities as discs, in rows.
    Discs(Discs),
    /// What several speakers reply to the same questions.
    Transcript(Transcript),
}
