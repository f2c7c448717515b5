//! Tensors of the Open Inference Protocol: points as they come in, answers as they go out.

use std::fmt::{Debug, Write as _};

use ndarray::Array2;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};

use super::error::Problem;
use crate::oracle::{Answers, Surface};
use crate::seed::Seed;

/// The name of the input.
pub(super) const INPUT: &str = "points";

/// What is known of an output before there are answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tensor {
    pub(super) name: &'static str,
    pub(super) datatype: &'static str,
    /// Numbers a point, where it has a dimension of its own.
    pub(super) width: Option<usize>,
}

/// An output with its numbers, and a text for each point: its numbers with commas between.
pub(super) struct Output {
    pub(super) tensor: Tensor,
    pub(super) rows: Vec<String>,
    numbers: Numbers,
}

enum Numbers {
    Floats(Vec<f32>),
    Labels(Vec<usize>),
}

/// The outputs of some answers.
pub(super) fn outputs(answers: Answers) -> Vec<Output> {
    match answers {
        Answers::Probabilities(rows) => {
            let width = rows.ncols();
            vec![Output::floats("probabilities", width, rows.into_iter().collect())]
        }
        Answers::Labels(labels) => vec![Output::labels("labels", None, labels)],
        Answers::Top(rows) => {
            let width = rows.first().map_or(0, Vec::len);
            let (labels, floats) = rows.into_iter().flatten().unzip();
            vec![Output::labels("top_labels", Some(width), labels), Output::floats("top_probabilities", width, floats)]
        }
    }
}

/// What the outputs of a kind of answer look like.
pub(super) fn tensors(surface: &dyn Surface, classes: usize) -> Vec<Tensor> {
    let of_nothing = surface.show(Array2::zeros((1, classes)), &mut Seed::new(0).stream());
    outputs(of_nothing).into_iter().map(|output| output.tensor).collect()
}

impl Output {
    fn floats(name: &'static str, width: usize, numbers: Vec<f32>) -> Self {
        let tensor = Tensor { name, datatype: "FP32", width: Some(width) };
        Self { tensor, rows: texts(&numbers, width), numbers: Numbers::Floats(numbers) }
    }

    fn labels(name: &'static str, width: Option<usize>, numbers: Vec<usize>) -> Self {
        let tensor = Tensor { name, datatype: "INT64", width };
        Self { tensor, rows: texts(&numbers, width.unwrap_or(1)), numbers: Numbers::Labels(numbers) }
    }

    /// How many points, and how many numbers each.
    pub(super) fn shape(&self) -> Vec<usize> {
        [Some(self.rows.len()), self.tensor.width].into_iter().flatten().collect()
    }

    /// The answer to a point as JSON.
    pub(super) fn row(&self, row: usize) -> String {
        let text = &self.rows[row];
        if self.tensor.width.is_some() { format!("[{text}]") } else { text.clone() }
    }

    /// All numbers, the lowest byte of each first.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match &self.numbers {
            Numbers::Floats(numbers) => numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
            Numbers::Labels(labels) => labels.iter().flat_map(|&label| (label as i64).to_le_bytes()).collect(),
        }
    }
}

/// Numbers as text, `width` of them in a row, with as many digits as it takes to read the same ones back.
pub(super) fn texts<T: Debug>(numbers: &[T], width: usize) -> Vec<String> {
    let text = |row: &[T]| {
        let mut text = String::with_capacity(12 * row.len());
        for (at, number) in row.iter().enumerate() {
            // Writing to a text does not fail.
            let _ = write!(text, "{}{number:?}", if at > 0 { "," } else { "" });
        }
        text
    };
    numbers.chunks(width.max(1)).map(text).collect()
}

/// A request that was read.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) id: Option<String>,
    /// n × dimension.
    pub(super) points: Array2<f32>,
    wished: Option<Vec<Wished>>,
    /// Whether outputs are sent as bytes where nothing else is said of one.
    as_bytes: bool,
}

impl Asked {
    /// Whether an output is wished for, and then whether as bytes.
    pub(super) fn wishes(&self, name: &str) -> Option<bool> {
        match &self.wished {
            None => Some(self.as_bytes),
            Some(all) => {
                let wished = all.iter().find(|wished| wished.name == name)?;
                Some(wished.parameters.binary_data.unwrap_or(self.as_bytes))
            }
        }
    }

    /// Refuses a wish for what these terms do not show.
    pub(super) fn check_wishes(&self, tensors: &[Tensor]) -> Result<(), Problem> {
        let known = |wished: &&Wished| tensors.iter().any(|tensor| tensor.name == wished.name);
        let Some(unknown) = self.wished.iter().flatten().find(|wished| !known(wished)) else { return Ok(()) };
        let names: Vec<&str> = tensors.iter().map(|tensor| tensor.name).collect();
        let message = format!("there is no output {:?}: these terms show {}", unknown.name, names.join(" and "));
        Err(Problem::bad("outputs", message))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    id: Option<String>,
    inputs: Vec<Input>,
    outputs: Option<Vec<Wished>>,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: String,
    datatype: String,
    shape: Vec<usize>,
    data: Option<Flat>,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wished {
    name: String,
    #[serde(default)]
    parameters: Parameters,
}

/// What the parameters of a request, an input or an output may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameters {
    binary_data_size: Option<usize>,
    binary_data: Option<bool>,
    binary_data_output: Option<bool>,
}

/// Reads a request about points of a dimension; `raw` is what came as bytes behind the text.
///
/// # Errors
/// [`Problem`] that says what is wrong.
pub(super) fn read(text: &[u8], raw: &[u8], dimension: usize) -> Result<Asked, Problem> {
    let body: Body = serde_json::from_slice(text).map_err(|error| unreadable(text, &error))?;
    let [input] = <[Input; 1]>::try_from(body.inputs).map_err(|inputs| {
        Problem::bad("inputs", format!("one input is read, {INPUT:?}, and there are {}", inputs.len()))
    })?;
    if input.name != INPUT {
        return Err(Problem::bad("inputs[0].name", format!("there is no input {:?}, only {INPUT:?}", input.name)));
    }
    if input.datatype != "FP32" {
        let message = format!("datatype {:?} is not supported: send points as FP32", input.datatype);
        return Err(Problem::unsupported("inputs[0].datatype", message));
    }
    let size = input.parameters.binary_data_size;
    let numbers = match (size, input.data) {
        (None, Some(Flat(numbers))) if raw.is_empty() => numbers,
        (Some(size), None) if size == raw.len() && size % 4 == 0 => {
            raw.chunks_exact(4).map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).collect()
        }
        (None, None) => return Err(Problem::bad("inputs[0].data", "there is no data")),
        _ => {
            let message = "data come as JSON, or as as many bytes as binary_data_size says, four for a number";
            return Err(Problem::bad("inputs[0]", message));
        }
    };
    let points = shaped(numbers, &input.shape, dimension)?;
    let as_bytes = body.parameters.binary_data_output.unwrap_or(false);
    Ok(Asked { id: body.id, points, wished: body.outputs, as_bytes })
}

fn shaped(numbers: Vec<f32>, shape: &[usize], dimension: usize) -> Result<Array2<f32>, Problem> {
    let wrong = |message: String| Err(Problem::unprocessable("inputs[0].shape", message));
    let &[count, width] = shape else {
        return wrong(format!("points have a shape of [n, {dimension}], not {shape:?}"));
    };
    if width != dimension {
        return wrong(format!("a point has {dimension} numbers here, not {width}"));
    }
    if count == 0 {
        return wrong("no point is no question".to_owned());
    }
    if count.checked_mul(width) != Some(numbers.len()) {
        return wrong(format!("{} numbers are not a shape of {shape:?}", numbers.len()));
    }
    if let Some(at) = numbers.iter().position(|number| !number.is_finite()) {
        let message = format!("point {} holds a number that is not finite", at / width);
        return Err(Problem::unprocessable("inputs[0].data", message));
    }
    Ok(Array2::from_shape_vec((count, width), numbers).expect("as many numbers as the shape says"))
}

/// A body that is no JSON, or holds a number that is none: JavaScript and Python write those as words.
fn unreadable(text: &[u8], error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    // Where the reader stopped, counted from 1; on a number out of range it stops behind it.
    let line = text.split(|&byte| byte == b'\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let rest = &line[error.column().saturating_sub(1).min(line.len())..];
    let not_finite =
        ["NaN", "Infinity", "-Infinity", "aN", "nfinity", "Inf"].iter().any(|word| rest.starts_with(word.as_bytes()));
    if not_finite || message.starts_with("number out of range") {
        return Problem::unprocessable("inputs[0].data", "a point holds a number that is not finite");
    }
    Problem::bad("body", format!("the body cannot be read: {message}"))
}

/// Numbers of an array, or of an array of arrays of one width, one after the other.
#[derive(Debug)]
struct Flat(Vec<f32>);

impl<'de> Deserialize<'de> for Flat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut numbers = Vec::new();
        deserializer.deserialize_seq(Rows(&mut numbers))?;
        Ok(Self(numbers))
    }
}

/// Reads numbers or rows of numbers to the end of a list.
struct Rows<'a>(&'a mut Vec<f32>);

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("an array of numbers, or of rows of numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut width = None;
        loop {
            let before = self.0.len();
            let Some(is_row) = items.next_element_seed(Item { numbers: self.0, rows: true })? else { return Ok(()) };
            let own = (is_row, if is_row { self.0.len() - before } else { 1 });
            if *width.get_or_insert(own) != own {
                return Err(A::Error::custom("rows of different widths"));
            }
        }
    }
}

/// Reads a number, or a row of them where rows may come, to the end of a list; says whether it was a row.
struct Item<'a> {
    numbers: &'a mut Vec<f32>,
    rows: bool,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Item<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(if self.rows { "a number or a row of numbers" } else { "a number" })
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<bool, E> {
        self.numbers.push(number as f32);
        Ok(false)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<bool, E> {
        self.visit_f64(number as f64)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<bool, E> {
        self.visit_f64(number as f64)
    }

    /// What many write for a number that is missing.
    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        self.visit_f64(f64::NAN)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        if !self.rows {
            return Err(A::Error::custom("rows of rows"));
        }
        while items.next_element_seed(Item { numbers: self.numbers, rows: false })?.is_some() {}
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn asked(shape: &str, data: &str) -> Result<Array2<f32>, (u16, String)> {
        let text = format!(
            r#"{{"id": "x", "inputs": [{{"name": "points", "datatype": "FP32", "shape": {shape}, "data": {data}}}]}}"#
        );
        let read = read(text.as_bytes(), &[], 2);
        read.map(|asked| asked.points).map_err(|problem| (problem.status().as_u16(), problem.to_string()))
    }

    #[test]
    fn points_may_be_flat_or_in_rows() {
        let expected = array![[1.0, -2.5], [3e-3, 4.0]];
        assert_eq!(asked("[2, 2]", "[1, -2.5, 3e-3, 4]"), Ok(expected.clone()));
        assert_eq!(asked("[2, 2]", "[[1, -2.5], [3e-3, 4]]"), Ok(expected));
    }

    #[test]
    fn what_is_no_point_is_422_and_what_is_no_tensor_is_400() {
        for (shape, data, status, word) in [
            ("[1, 2]", "[NaN, 0]", 422, "not finite"),
            ("[1, 2]", "[0, -Infinity]", 422, "not finite"),
            ("[1, 2]", "[0, Infinity]", 422, "not finite"),
            ("[1, 2]", "[1e39, 0]", 422, "not finite"),
            ("[1, 2]", "[1e999, 0]", 422, "not finite"),
            ("[1, 2]", "[null, 0]", 422, "not finite"),
            ("[1, 3]", "[1, 2, 3]", 422, "2 numbers here, not 3"),
            ("[2, 2]", "[1, 2]", 422, "2 numbers are not"),
            ("[2]", "[1, 2]", 422, "[n, 2]"),
            ("[0, 2]", "[]", 422, "no point"),
            ("[18446744073709551615, 2]", "[]", 422, "are not a shape"),
            ("[1, 2]", "[[1], [2, 3]]", 400, "different widths"),
            ("[1, 2]", "[[[1, 2]]]", 400, "rows of rows"),
            ("[1, 2]", "[\"1\", 2]", 400, "number"),
            ("[1, 2]", "[Nope]", 400, "cannot be read"),
            ("[-1, 2]", "[1, 2]", 400, "cannot be read"),
            ("[1, 2]", &"[".repeat(100_000), 400, "cannot be read"),
        ] {
            let (told, why) = asked(shape, data).expect_err(data);
            assert!(told == status && why.contains(word), "{shape} {}: {told} {why}", &data[..data.len().min(20)]);
        }
    }

    #[test]
    fn a_number_reads_back_the_same_in_either_width() {
        let mut bits = 1u32;
        for _ in 0..100_000 {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let number = f32::from_bits(bits);
            if number.is_finite() {
                let text = &texts(&[number], 1)[0];
                let (narrow, wide): (f32, f64) = (text.parse().unwrap(), serde_json::from_str(text).unwrap());
                assert_eq!((narrow.to_bits(), (wide as f32).to_bits()), (bits, bits), "{text}");
            }
        }
    }

    #[test]
    fn outputs_say_what_the_terms_show() {
        let shown = |name: &str| tensors(crate::oracle::surface(name).unwrap(), 5);
        assert_eq!(shown("noisy"), [Tensor { name: "probabilities", datatype: "FP32", width: Some(5) }]);
        assert_eq!(shown("sampled"), [Tensor { name: "labels", datatype: "INT64", width: None }]);
        let top = shown("top2");
        assert_eq!(
            top.iter().map(|it| (it.name, it.width)).collect::<Vec<_>>(),
            [("top_labels", Some(2)), ("top_probabilities", Some(2))]
        );
        let output = outputs(Answers::Top(vec![vec![(2, 0.5), (0, 0.25)], vec![(1, 1.0), (0, 1e-30)]]));
        assert_eq!((output[0].row(1), output[1].row(1)), ("[1,0]".to_owned(), "[1.0,1e-30]".to_owned()));
        assert_eq!((output[1].shape(), output[1].bytes().len()), (vec![2, 2], 16));
    }
}
