//! Ask about drawings of another alphabet: letters in the poses of the digits, never a digit.
//!
//! The counterpart for images of asking random noise: no example of the data is needed, only a pen (compare the
//! unrelated pictures of Orekondy et al. 2019).

use ndarray::Array2;

use super::{Scene, Strategy};
use crate::data::{Dataset, Glyphs};
use crate::seed::Stream;

/// Random letters.
pub(super) struct Letters;

impl Strategy for Letters {
    fn name(&self) -> &'static str {
        "letters"
    }

    fn about(&self) -> &'static str {
        "drawn letters, never a digit (glyphs only)"
    }

    fn refusal(&self, data: &dyn Dataset) -> Option<String> {
        let ours = Glyphs::default();
        let fits = data.image_side() == ours.image_side();
        (!fits).then(|| format!("letters are images as those of {}, and {} has none", ours.name(), data.name()))
    }

    fn choose(&self, _scene: &Scene, count: usize, stream: &mut Stream) -> Array2<f32> {
        Glyphs::default().letters(count, stream)
    }
}
