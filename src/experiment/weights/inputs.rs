//! What is needed to apply a saved model to a point: the inputs in their order, how they are scaled, and which class is
//! meant by which output.

use serde_json::json;

use crate::data::Dataset;

/// What a model takes and gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// Names of the inputs, in the order of the columns of `fc1.weight`.
    pub names: Vec<String>,
    /// What they mean, in a sentence.
    pub about: String,
    /// How they were scaled before the network saw them; `None` where they are taken as they are.
    pub standardisation: Option<Standardisation>,
    /// Names of the classes, in the order of the outputs of the last layer.
    pub classes: Vec<String>,
}

/// A network is given (x − mean) / deviation of each input.
#[derive(Clone, Debug, PartialEq)]
pub struct Standardisation {
    /// One for each input.
    pub mean: Vec<f64>,
    /// One for each input.
    pub deviation: Vec<f64>,
}

impl Inputs {
    /// What is so for built-in data: they are made at the scale at which a network takes them.
    pub(super) fn of(data: &dyn Dataset) -> Self {
        let (names, about): (Vec<String>, String) = match (data.image_side(), data.dimension()) {
            (Some(side), pixels) => {
                let name = |pixel: usize| format!("row {} column {}", pixel / side, pixel % side);
                let about =
                    format!("pixels of an image of {side} × {side}, row by row from the top left: 0 light, 1 dark");
                ((0..pixels).map(name).collect(), about)
            }
            (None, 2) => (vec!["x".to_owned(), "y".to_owned()], "coordinates of a point of the plane".to_owned()),
            (None, columns) => {
                let name = |column: usize| format!("column {}", column + 1);
                ((0..columns).map(name).collect(), "columns of the table without that of the label".to_owned())
            }
        };
        Self { names, about, standardisation: None, classes: data.classes().to_vec() }
    }

    /// As entries of a file: names and texts, lists in JSON.
    pub fn metadata(&self) -> Vec<(&'static str, String)> {
        let mut entries = vec![
            ("inputs", json!(self.names).to_string()),
            ("about", self.about.clone()),
            ("classes", json!(self.classes).to_string()),
        ];
        if let Some(Standardisation { mean, deviation }) = &self.standardisation {
            entries.push(("mean", json!(mean).to_string()));
            entries.push(("deviation", json!(deviation).to_string()));
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
        let plane = Inputs::of(&moons());
        assert_eq!((plane.names, plane.classes.len()), (vec!["x".to_owned(), "y".to_owned()], 2));
        let image = Inputs::of(&Glyphs::default());
        assert_eq!(image.names.len(), 144);
        assert_eq!([&image.names[0], &image.names[13]], ["row 0 column 0", "row 1 column 1"]);
    }

    #[test]
    fn scales_are_written_where_there_are_some() {
        let inputs = Inputs {
            names: vec!["a".into(), "b\"c".into()],
            about: "two".into(),
            standardisation: Some(Standardisation { mean: vec![0.5, -2.0], deviation: vec![1.0, 0.1] }),
            classes: vec!["no".into()],
        };
        let expected = [
            ("inputs", r#"["a","b\"c"]"#),
            ("about", "two"),
            ("classes", r#"["no"]"#),
            ("mean", "[0.5,-2.0]"),
            ("deviation", "[1.0,0.1]"),
        ];
        assert_eq!(inputs.metadata(), expected.map(|(name, text)| (name, text.to_owned())));
    }
}
