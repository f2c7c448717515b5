//! Keys: who asks. Only their hashes are kept, and they are compared in constant time.

use std::fmt::Write;

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Bytes of a key that nobody can guess.
const SECRET: usize = 24;

/// SHA-256 of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash(pub(super) [u8; 32]);

impl Hash {
    /// Of this key.
    pub(super) fn of(key: &str) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }

    /// Whether a key is the one with this hash; how long that takes says nothing about it.
    pub(super) fn fits(self, key: &str) -> bool {
        Self::of(key).0.ct_eq(&self.0).into()
    }

    /// As the store keeps it: 64 hexadecimal digits.
    pub(super) fn text(self) -> String {
        hex(&self.0)
    }

    /// From what the store keeps.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// A new key of the account with this number, which the key names: it is found without a search among secrets.
///
/// # Errors
/// Where the system has no random numbers.
pub(super) fn new(account: i64) -> Result<String, getrandom::Error> {
    Ok(format!("dl-{account}-{}", secret()?))
}

/// A new key for the teacher's screen.
///
/// # Errors
/// As for [`new`].
pub(super) fn admin() -> Result<String, getrandom::Error> {
    Ok(format!("dl-admin-{}", secret()?))
}

/// The account that a key names.
pub(super) fn account(key: &str) -> Option<i64> {
    key.strip_prefix("dl-")?.split_once('-')?.0.parse().ok()
}

/// The key of a request.
pub(super) fn presented(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}

// Not from a named stream: whoever knows the seed of a run must not know its keys.
fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; SECRET];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_the_standard_and_comes_back() {
        // FIPS 180-4, the example "abc".
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Hash::of("abc").text(), text);
        assert!(Hash::read(text).is_some_and(|hash| hash.fits("abc") && !hash.fits("abd")));
        assert!(Hash::read("ba78").is_none() && Hash::read(&"é".repeat(40)).is_none());
    }

    #[test]
    fn a_key_names_its_account_and_no_two_are_alike() {
        let (one, two) = (new(12).unwrap(), new(12).unwrap());
        assert_eq!((account(&one), account(&two)), (Some(12), Some(12)));
        assert_ne!(one, two);
        for other in ["", "dl-", "dl-12", "dl-x-y", "12", "dl-99999999999999999999-a"] {
            assert_eq!(account(other), None, "{other}");
        }
        assert_eq!(account(&admin().unwrap()), None);
    }

    #[test]
    fn the_scheme_is_bearer_in_any_spelling() {
        let read = |text: &str| {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, text.parse().unwrap())]);
            presented(&headers).map(str::to_owned)
        };
        assert_eq!(read("bEARER  abc "), Some("abc".to_owned()));
        assert_eq!((read("Basic abc"), read("abc")), (None, None));
    }
}
