//! Many numbers in little room: saved as one text, base64 of their bytes, little end first.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Numbers in single precision: four bytes each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Floats(pub Vec<f32>);

/// Bytes: one each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map(Self).map_err(D::Error::custom)
    }
}

impl Serialize for Floats {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Bytes(self.0.iter().flat_map(|number| number.to_le_bytes()).collect()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Floats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Bytes(bytes) = Bytes::deserialize(deserializer)?;
        let (quads, rest) = bytes.as_chunks::<4>();
        let whole = rest.is_empty().then(|| Self(quads.iter().map(|&quad| f32::from_le_bytes(quad)).collect()));
        whole.ok_or_else(|| D::Error::custom(format!("{} bytes are no whole number of floats", bytes.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_saved_to_the_last_bit() {
        // Python: base64.b64encode(struct.pack("<3f", 1.0, -0.1, 1e-40))
        let floats = Floats(vec![1.0, -0.1, 1e-40]);
        let saved = serde_json::to_string(&floats).unwrap();
        assert_eq!(saved, r#""AACAP83MzL3CFgEA""#);
        assert_eq!(serde_json::from_str::<Floats>(&saved).unwrap(), floats);
    }

    #[test]
    fn what_is_no_base64_or_no_whole_number_is_refused() {
        for damaged in [r#""AACAP8""#, r#""AACA""#, r#""....""#, "7"] {
            assert!(serde_json::from_str::<Floats>(damaged).is_err(), "{damaged}");
        }
    }
}
