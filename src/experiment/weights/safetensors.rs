//! The file format safetensors, which PyTorch and NumPy load: the length of the header in eight bytes, the header in
//! JSON, then all numbers.
//!
//! Written here and not by the crate of that name, which puts metadata down in an order of chance: the same run has to
//! give the same bytes. See <https://huggingface.co/docs/safetensors> for the format.

use std::io::{self, Write};

use serde::Serializer;
use serde_json::{Value, json};

/// A named array of numbers in single precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Its name, different from all others of a file.
    pub name: String,
    /// How long it is in each direction; the last runs fastest.
    pub shape: Vec<usize>,
    /// As many as the shape says.
    pub values: Vec<f32>,
}

/// Writes tensors in this order, with metadata of names and texts before them.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_tensors(mut out: impl Write, metadata: &[(&str, &str)], tensors: &[Tensor]) -> io::Result<()> {
    let metadata: serde_json::Map<String, Value> =
        metadata.iter().map(|&(name, text)| (name.to_owned(), text.into())).collect();
    let mut entries = vec![("__metadata__", Value::Object(metadata))];
    let mut begin = 0;
    for Tensor { name, shape, values } in tensors {
        let end = begin + size_of_val(values.as_slice());
        entries.push((name, json!({ "dtype": "F32", "shape": shape, "data_offsets": [begin, end] })));
        begin = end;
    }
    let mut header = Vec::new();
    serde_json::Serializer::new(&mut header).collect_map(entries)?;
    // Numbers begin at a multiple of eight, so that a reader can map them into memory.
    header.resize(header.len().next_multiple_of(8), b' ');
    out.write_all(&(header.len() as u64).to_le_bytes())?;
    out.write_all(&header)?;
    for value in tensors.iter().flat_map(|tensor| &tensor.values) {
        out.write_all(&value.to_le_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_file_by_hand() {
        let tensors = [
            Tensor { name: "b".into(), shape: vec![1, 2], values: vec![1.0, -2.0] },
            Tensor { name: "a".into(), shape: vec![1], values: vec![0.5] },
        ];
        let mut file = Vec::new();
        write_tensors(&mut file, &[("seed", "0"), ("command", "distill")], &tensors).unwrap();
        let header = concat!(
            r#"{"__metadata__":{"command":"distill","seed":"0"},"#,
            r#""b":{"data_offsets":[0,8],"dtype":"F32","shape":[1,2]},"#,
            r#""a":{"data_offsets":[8,12],"dtype":"F32","shape":[1]}}"#,
        );
        let padded = header.len().next_multiple_of(8);
        let mut expected = (padded as u64).to_le_bytes().to_vec();
        expected.extend(format!("{header:padded$}").bytes());
        // Python: struct.pack("<3f", 1, -2, 0.5)
        expected.extend(b"\x00\x00\x80\x3f\x00\x00\x00\xc0\x00\x00\x00\x3f");
        assert_eq!(file, expected);
    }
}
