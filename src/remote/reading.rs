//! Points as a request, and a response as answers: which output holds them, and of which class each number is.

use std::fmt::Write as _;

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::metadata::{OUTPUTS, Said};
use super::trouble::Trouble;
use crate::oracle::Answers;
use crate::words::{list, printable};

/// A probability may be so far out of its bounds: what single precision and rounding leave.
const SLACK: f64 = 1e-3;

/// What an API answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A probability for every class.
    Probabilities,
    /// A class.
    Labels,
}

/// How a model answers: learned from its first answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Form {
    /// What it answers with.
    pub(super) kind: Kind,
    /// The output to ask for; `None` where the server is to choose.
    pub(super) output: Option<String>,
}

/// An output of a response.
#[derive(Deserialize)]
struct Output {
    name: String,
    datatype: String,
    shape: Vec<usize>,
    data: Value,
}

/// The body of a request about points (n × dimension). Numbers are written so that they read back as the same ones.
pub(super) fn request(points: ArrayView2<f32>, said: &Said, output: Option<&str>) -> String {
    let mut data = String::with_capacity(12 * points.len());
    for (at, number) in points.iter().enumerate() {
        // Writing to a text does not fail.
        let _ = write!(data, "{}{number:?}", if at > 0 { "," } else { "" });
    }
    let (name, datatype, shape) = (json!(said.input), json!(said.datatype), json!(points.shape()));
    let wish = output.map_or(String::new(), |name| format!(r#","outputs":[{{"name":{}}}]"#, json!(name)));
    format!(r#"{{"inputs":[{{"name":{name},"datatype":{datatype},"shape":{shape},"data":[{data}]}}]{wish}}}"#)
}

/// Reads the answers to so many points about these classes. `wish`: the output that somebody named.
///
/// # Errors
/// [`Trouble::Wrong`] where it holds none.
pub(super) fn answers(
    text: &[u8],
    count: usize,
    (said, classes): (&Said, &[String]),
    wish: Option<&str>,
) -> Result<(Answers, Kind), Trouble> {
    #[derive(Deserialize)]
    struct Response {
        outputs: Vec<Output>,
    }
    let broken =
        |why: String| Trouble::wrong(format!("what came back is no answer: {why}"), "see what the server says");
    let Response { outputs } = serde_json::from_slice(text).map_err(|error| {
        let not_finite = ["NaN", "Infinity"].iter().any(|word| String::from_utf8_lossy(text).contains(word));
        broken(if not_finite { "it holds a number that is not finite".to_owned() } else { error.to_string() })
    })?;
    let named = |name: &str| outputs.iter().find(|output| output.name == name);
    let chosen = match wish {
        Some(wish) => named(wish),
        None => {
            let fits = |output: &&Output| output.kind(count, classes.len()).is_some();
            let known = OUTPUTS.iter().find_map(|name| named(name).filter(fits));
            known.or_else(|| outputs.iter().find(fits))
        }
    };
    let Some((output, kind)) = chosen.and_then(|output| Some((output, output.kind(count, classes.len())?))) else {
        let shown: Vec<String> =
            outputs.iter().map(|it| format!("{} {} {:?}", printable(&it.name), it.datatype, it.shape)).collect();
        let what = wish.map_or("an output".to_owned(), |wish| format!("the output {}", printable(wish)));
        let (k, all) = (classes.len(), if shown.is_empty() { "no outputs".to_owned() } else { list(&shown) });
        let problem = format!(
            "{what} of shape [{count}, {k}] with probabilities or [{count}] with labels is wanted; \
                               there are: {all}"
        );
        return Err(Trouble::wrong(problem, "name another with --output, or the model's own data with --data"));
    };
    let mut values = Vec::new();
    flatten(&output.data, &mut values);
    if values.len() != output.shape.iter().product::<usize>() {
        return Err(broken(format!("{} values are not of shape {:?}", values.len(), output.shape)));
    }
    let order = Order { said: said.classes.as_deref(), classes };
    let answers = match kind {
        Kind::Probabilities => Answers::Probabilities(order.probabilities(&values, count).map_err(broken)?),
        Kind::Labels => {
            let labels = values.iter().map(|value| order.class(value)).collect::<Result<_, _>>();
            Answers::Labels(labels.map_err(broken)?)
        }
    };
    Ok((answers, kind))
}

impl Output {
    /// What it can hold; a name says less than a shape, since some servers give probabilities as `predict`.
    fn kind(&self, count: usize, classes: usize) -> Option<Kind> {
        let is_float = self.datatype.starts_with("FP") || self.datatype == "BF16";
        match self.shape[..] {
            [n, k] if n == count && k == classes && k > 1 && is_float => Some(Kind::Probabilities),
            [n] | [n, 1] if n == count => Some(Kind::Labels),
            _ => None,
        }
    }
}

/// Values of an array, or of arrays in it, one after the other.
fn flatten<'a>(data: &'a Value, into: &mut Vec<&'a Value>) {
    match data {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, into)),
        value => into.push(value),
    }
}

/// Of which class of the data a number of the model is.
struct Order<'a> {
    /// The model's classes, if it names them.
    said: Option<&'a [String]>,
    /// Those of the data.
    classes: &'a [String],
}

impl Order<'_> {
    fn named(&self, name: &str) -> Result<usize, String> {
        let place = self.classes.iter().position(|class| class == name);
        place.ok_or_else(|| format!("the data have no class {:?}", printable(name)))
    }

    /// Where a model names its classes, a number counts them. Elsewhere it is the class itself where classes are
    /// numbers, as in scikit-learn, and counts the classes of the data where they are words.
    fn numbered(&self, number: i64) -> Result<usize, String> {
        let at = |names: usize| usize::try_from(number).ok().filter(|&at| at < names);
        match self.said {
            Some(said) => {
                let at = at(said.len()).ok_or_else(|| format!("the model has no class of number {number}"))?;
                self.named(&said[at])
            }
            None if self.classes.iter().all(|class| class.parse::<f64>().is_ok()) => self.named(&number.to_string()),
            None => at(self.classes.len()).ok_or_else(|| format!("the data have no class of number {number}")),
        }
    }

    fn class(&self, value: &Value) -> Result<usize, String> {
        match value {
            Value::String(name) => self.named(name),
            Value::Bool(bit) => self.numbered(i64::from(*bit)),
            value => {
                let number = value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e15);
                self.numbered(number.ok_or_else(|| format!("{value} is no label"))? as i64)
            }
        }
    }

    /// n × classes, in the order of the data.
    fn probabilities(&self, values: &[&Value], count: usize) -> Result<Array2<f32>, String> {
        let width = self.classes.len();
        // Where the model names no classes, they are taken to stand in the order of the data: by size or alphabet.
        let column = |at: usize| self.said.map_or(Ok(at), |said| self.named(&said[at]));
        let columns = (0..width).map(column).collect::<Result<Vec<_>, _>>()?;
        let mut rows = Array2::zeros((count, width));
        for (at, value) in values.iter().enumerate() {
            let number = value.as_f64().filter(|number| number.is_finite());
            let number = number.ok_or_else(|| format!("{value} is no finite number"))?;
            if !(-SLACK..=1.0 + SLACK).contains(&number) {
                return Err(format!("{number} is no probability, though it may be a logit"));
            }
            rows[[at / width, columns[at % width]]] = number.max(0.0) as f32;
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn said(classes: Option<&[&str]>) -> Said {
        let mut said = Said::read(b"{}").unwrap();
        said.classes = classes.map(|names| names.iter().map(|&name| name.to_owned()).collect());
        said
    }

    fn read(outputs: &str, model: Option<&[&str]>, data: &[&str], wish: Option<&str>) -> Result<Answers, String> {
        let (text, classes) = (format!(r#"{{"outputs": [{outputs}]}}"#), data.iter().map(|&it| it.to_owned()));
        let read = answers(text.as_bytes(), 2, (&said(model), &classes.collect::<Vec<_>>()), wish);
        read.map(|(answers, _)| answers).map_err(|trouble| trouble.to_string())
    }

    #[test]
    fn a_request_reads_back_as_the_same_numbers() {
        let points = array![[0.1f32, -0.0], [1e-40, 16777216.0]];
        let body: Value = serde_json::from_str(&request(points.view(), &said(None), Some("p"))).unwrap();
        let numbers = body["inputs"][0]["data"].as_array().unwrap().iter().map(|it| it.as_f64().unwrap() as f32);
        assert!(numbers.zip(&points).all(|(a, b)| a.to_bits() == b.to_bits()));
        assert_eq!((&body["inputs"][0]["shape"], &body["outputs"][0]["name"]), (&json!([2, 2]), &json!("p")));
    }

    #[test]
    fn answers_are_found_by_name_and_shape() {
        // As MLServer gives them, with both outputs asked for.
        let labels = r#"{"name": "predict", "shape": [2, 1], "datatype": "INT64", "data": [1, 3]}"#;
        let both = format!(
            r#"{labels}, {{"name": "predict_proba", "shape": [2, 2], "datatype": "FP64", "data": [0.25, 0.75, 1, 0]}}"#
        );
        let probabilities = Answers::Probabilities(array![[0.25, 0.75], [1.0, 0.0]]);
        assert_eq!(read(&both, None, &["1", "3"], None), Ok(probabilities.clone()));
        assert_eq!(read(&both, None, &["1", "3"], Some("predict")), Ok(Answers::Labels(vec![0, 1])));
        let nameless = both.replace("predict_proba", "OUTPUT__0").replace("predict", "other");
        assert_eq!(read(&nameless, None, &["1", "3"], Some("OUTPUT__0")), Ok(probabilities));
        assert!(read(&both, None, &["1", "3"], Some("scores")).unwrap_err().contains("predict INT64 [2, 1]"));
        let words = r#"{"name": "predict", "shape": [2, 1], "datatype": "BYTES", "data": [["b"], ["a"]]}"#;
        assert_eq!(read(words, None, &["a", "b"], None), Ok(Answers::Labels(vec![1, 0])));
    }

    #[test]
    fn a_model_that_names_its_classes_says_which_is_which() {
        let labels = r#"{"name": "labels", "shape": [2], "datatype": "INT64", "data": [0, 1]}"#;
        assert_eq!(read(labels, Some(&["b", "a"]), &["a", "b"], None), Ok(Answers::Labels(vec![1, 0])));
        let rows = r#"{"name": "x", "shape": [2, 2], "datatype": "FP32", "data": [0.9, 0.1, 0.2, 0.8]}"#;
        let turned = Answers::Probabilities(array![[0.1, 0.9], [0.8, 0.2]]);
        assert_eq!(read(rows, Some(&["b", "a"]), &["a", "b"], None), Ok(turned));
        assert_eq!(read(labels, None, &["no", "yes"], None), Ok(Answers::Labels(vec![0, 1])));
    }

    #[test]
    fn what_is_no_answer_says_why() {
        let of = |shape: &str, kind: &str, data: &str| {
            format!(r#"{{"name": "predict", "shape": {shape}, "datatype": "{kind}", "data": {data}}}"#)
        };
        for (output, why) in [
            (of("[2, 2]", "FP32", "[NaN, 1, 0, 1]"), "not finite"),
            (of("[2, 2]", "FP32", "[null, 1, 0, 1]"), "null is no finite"),
            (of("[2, 2]", "FP32", "[-3.5, 1, 0, 1]"), "logit"),
            (of("[2, 2]", "FP32", "[1, 0, 1]"), "3 values"),
            (of("[2, 3]", "FP32", "[1, 0, 0, 0, 0, 1]"), "[2, 2] with probabilities"),
            (of("[3]", "INT64", "[0, 1, 1]"), "[2] with labels"),
            (of("[2]", "INT64", "[0, 7]"), "no class"),
            (of("[2]", "FP32", "[0, 0.5]"), "no label"),
            (String::new(), "no outputs"),
        ] {
            let said = read(&output, None, &["0", "1"], None).expect_err(&output);
            assert!(said.contains(why), "{output}: {said}");
        }
        assert!(answers(b"<html>", 2, (&said(None), &[]), None).is_err());
    }
}
