//! What a model says of itself: `GET /v2/models/NAME`, read leniently, since many servers say little.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::trouble::Trouble;
use crate::words::{list, printable};

/// The input of a server that names none: that of `distill serve`.
const INPUT: &str = "points";
/// Names of outputs, the most telling first: of probabilities, then of labels.
pub(super) const OUTPUTS: [&str; 8] =
    ["probabilities", "predict_proba", "probs", "probability", "labels", "predict", "label", "classes"];
/// What to ask a server for that names no outputs: MLServer's models of scikit-learn give this one on request only.
const ON_REQUEST: &str = "predict_proba";

/// What a model says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Said {
    /// The name of its input.
    pub(super) input: String,
    /// How its numbers are called.
    pub(super) datatype: String,
    /// Numbers of a point.
    pub(super) width: Option<usize>,
    /// Names of the classes, in the order of its numbers.
    pub(super) classes: Option<Vec<String>>,
    /// Whether points are on the scale on which this program deals a table's rows: so it is where the model names the
    /// box that its points live in. Any other model is asked about a table's own numbers.
    pub(super) as_dealt: bool,
    /// Names of its outputs.
    outputs: Vec<String>,
}

impl Said {
    /// Reads what a model says of itself.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let metadata: Value = serde_json::from_slice(text).ok()?;
        metadata.as_object()?;
        let input = &metadata["inputs"][0];
        let datatype = input["datatype"].as_str().filter(|name| ["FP32", "FP64"].contains(name)).unwrap_or("FP32");
        let width = input["shape"].as_array().filter(|shape| shape.len() == 2).and_then(|shape| shape[1].as_u64());
        let names = |list: &Value, name: fn(&Value) -> Option<&str>| -> Option<Vec<String>> {
            list.as_array()?.iter().map(|it| name(it).map(str::to_owned)).collect()
        };
        let parameters = &metadata["parameters"];
        Some(Self {
            input: input["name"].as_str().unwrap_or(INPUT).to_owned(),
            datatype: datatype.to_owned(),
            width: width.map(|width| width as usize),
            classes: names(&parameters["classes"], Value::as_str),
            as_dealt: parameters["bounds"].is_array(),
            outputs: names(&metadata["outputs"], |output| output["name"].as_str()).unwrap_or_default(),
        })
    }

    /// Whether a model can be asked about points of this width and answer with these classes.
    ///
    /// # Errors
    /// [`Trouble::Wrong`] that says what differs.
    pub(super) fn check(&self, width: usize, classes: &[String]) -> Result<(), Trouble> {
        let cure = "name the data that the model was made for with --data";
        if let Some(its) = self.width.filter(|&its| its != width) {
            return Err(Trouble::wrong(format!("the model takes {its} numbers a point, the data have {width}"), cure));
        }
        let Some(its) = &self.classes else { return Ok(()) };
        if its.len() != classes.len() || classes.iter().any(|class| !its.contains(class)) {
            let named = |names: &[String]| printable(&list(names));
            let problem = format!("the model's classes are {}, those of the data {}", named(its), named(classes));
            return Err(Trouble::wrong(problem, cure));
        }
        Ok(())
    }

    /// Outputs to ask for, the first that is answered counts; `None` where the server is to choose.
    pub(super) fn wishes(&self, wish: Option<&str>) -> Vec<Option<String>> {
        if let Some(wish) = wish {
            return vec![Some(wish.to_owned())];
        }
        let named = OUTPUTS.iter().find(|name| self.outputs.iter().any(|output| output == *name));
        match (named, self.outputs.is_empty()) {
            (Some(&name), _) => vec![Some(name.to_owned())],
            (None, true) => vec![Some(ON_REQUEST.to_owned()), None],
            (None, false) => vec![None],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_says_all_and_one_that_says_nothing() {
        let text = r#"{"name": "spirals", "inputs": [{"name": "points", "datatype": "FP32", "shape": [-1, 2]}],
            "outputs": [{"name": "labels", "datatype": "INT64", "shape": [-1]}],
            "parameters": {"classes": ["b", "a"], "bounds": [-1.5, 1.5]}}"#;
        let said = Said::read(text.as_bytes()).unwrap();
        let classes = ["a", "b"].map(str::to_owned);
        assert_eq!(said.check(2, &classes), Ok(()));
        assert!(said.check(3, &classes).is_err() && said.check(2, &classes[..1]).is_err());
        assert_eq!((said.as_dealt, said.wishes(None)), (true, vec![Some("labels".to_owned())]));
        // MLServer 1.7 of a model without settings.
        let silent = r#"{"name":"digits","versions":[],"platform":"","inputs":[],"outputs":[],"parameters":{}}"#;
        let said = Said::read(silent.as_bytes()).unwrap();
        assert_eq!((said.input.as_str(), said.width, said.as_dealt), ("points", None, false));
        assert_eq!(said.wishes(None), [Some("predict_proba".to_owned()), None]);
        assert_eq!(said.wishes(Some("out")), [Some("out".to_owned())]);
        assert!(Said::read(b"[]").is_none() && Said::read(b"<html>").is_none());
    }
}
