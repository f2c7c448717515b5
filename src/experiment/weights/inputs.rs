//! What is needed to apply a saved model to a point: the inputs in their order, how they are scaled, and which class is
//! meant by which output.

use serde_json::json;

use crate::data::{ColumnScale, Dataset};
use crate::seed::Seed;

/// What a model takes and gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// Names of the inputs, in the order of the columns of `fc1.weight`.
    pub names: Vec<String>,
    /// What they mean, in a sentence.
    pub about: String,
    /// How they are scaled before the network sees them; empty where it takes them as they are.
    pub scale: Vec<ColumnScale>,
    /// Names of the classes, in the order of the outputs of the last layer.
    pub classes: Vec<String>,
}

impl Inputs {
    /// Of data as they are dealt for a replicate.
    pub(crate) fn of(data: &dyn Dataset, replicate: Seed) -> Self {
        let scale = data.scale(replicate).unwrap_or_default();
        let (names, about): (Vec<String>, String) = match data.image_side() {
            _ if !scale.is_empty() => {
                let about = "columns of the table; a network is given (x - mean) / deviation, held within ±limit, and \
                             0 where the deviation is 0";
                (scale.iter().map(|column| column.name.clone()).collect(), about.to_owned())
            }
            Some(side) => {
                let name = |pixel: usize| format!("row {} column {}", pixel / side, pixel % side);
                let about =
                    format!("pixels of an image of {side} × {side}, row by row from the top left: 0 light, 1 dark");
                ((0..data.dimension()).map(name).collect(), about)
            }
            None => {
                let name =
                    |axis: usize| ["x", "y"].get(axis).map_or_else(|| format!("x{axis}"), |&name| name.to_owned());
                ((0..data.dimension()).map(name).collect(), "coordinates of a point, as they are".to_owned())
            }
        };
        Self { names, about, scale, classes: data.classes().to_vec() }
    }

    /// As entries of a file: names and texts, lists in JSON.
    pub fn metadata(&self) -> Vec<(&'static str, String)> {
        let mut entries = vec![
            ("inputs", json!(self.names).to_string()),
            ("about", self.about.clone()),
            ("classes", json!(self.classes).to_string()),
        ];
        if !self.scale.is_empty() {
            let numbers =
                |of: fn(&ColumnScale) -> f64| json!(self.scale.iter().map(of).collect::<Vec<_>>()).to_string();
            entries.push(("mean", numbers(|column| column.mean)));
            entries.push(("deviation", numbers(|column| column.deviation)));
            entries.push(("limit", numbers(|column| column.limit)));
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Glyphs, moons};

    #[test]
    fn inputs_are_named_in_their_order() {
        let plane = Inputs::of(&moons(), Seed::new(0));
        assert_eq!((plane.names, plane.classes.len()), (vec!["x".to_owned(), "y".to_owned()], 2));
        let image = Inputs::of(&Glyphs::default(), Seed::new(0));
        assert_eq!(image.names.len(), 144);
        assert_eq!([&image.names[0], &image.names[13]], ["row 0 column 0", "row 1 column 1"]);
    }

    #[test]
    fn scales_are_written_where_there_are_some() {
        let column = |name: &str, mean, deviation| ColumnScale { name: name.into(), mean, deviation, limit: 3.0 };
        let inputs = Inputs {
            names: vec!["a".into(), "b\"c".into()],
            about: "two".into(),
            scale: vec![column("a", 0.5, 1.0), column("b\"c", -2.0, 0.1)],
            classes: vec!["no".into()],
        };
        let expected = [
            ("inputs", r#"["a","b\"c"]"#),
            ("about", "two"),
            ("classes", r#"["no"]"#),
            ("mean", "[0.5,-2.0]"),
            ("deviation", "[1.0,0.1]"),
            ("limit", "[3.0,3.0]"),
        ];
        assert_eq!(inputs.metadata(), expected.map(|(name, text)| (name, text.to_owned())));
    }
}
