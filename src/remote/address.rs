//! Where a model is served, and the key of an account there.

use std::fmt;

/// What an address looks like.
const EXAMPLE: &str = "write it as http://127.0.0.1:8080/v2/models/NAME";

/// The address of a model: `http://host[:port]/v2/models/NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Reads an address; a slash or `/infer` at its end is left out.
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, (&'static str, String)> {
        let example = |problem| Err((problem, EXAMPLE.to_owned()));
        if text.starts_with("https://") {
            let cure = "serve it over http on this machine, or put a proxy such as stunnel or socat in between";
            return Err(("this program speaks no TLS", cure.to_owned()));
        }
        let Some(rest) = text.strip_prefix("http://") else { return example("this is no http address") };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.contains('@') {
            return Err(("a name or a key has no place in an address", "give the key with --key".to_owned()));
        }
        if text.contains(['?', '#']) || text.contains(|letter: char| !letter.is_ascii_graphic()) {
            return example("an address of a model has no blanks, no ? and no #");
        }
        if host.is_empty() || host.starts_with(':') {
            return example("it names no host");
        }
        let path = path.trim_end_matches('/');
        let path = path.strip_suffix("/infer").unwrap_or(path);
        let model = format!("/{path}").split_once("/v2/models/").map(|(_, model)| model.to_owned());
        if model.is_none_or(|model| model.is_empty()) {
            return Err(("it names no model", format!("write it as http://{host}/v2/models/NAME")));
        }
        Ok(Self(format!("http://{host}/{path}")))
    }

    /// Whether the host is this machine, which no proxy stands before.
    pub(super) fn is_local(&self) -> bool {
        let host = self.0["http://".len()..].split('/').next().unwrap_or_default();
        ["127.", "localhost", "[::1]"].iter().any(|local| host.starts_with(local))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The key of an account. It is sent to the server and shown nowhere else: a debug print hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Whether it can be sent.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(self) -> Result<Self, &'static str> {
        let is_key = !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic());
        if is_key { Ok(self) } else { Err("a key is made of letters, digits and signs, without blanks") }
    }

    /// As it is sent.
    pub(super) fn bearer(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// A text in which the key, which a server may repeat, is left out.
    pub(super) fn without(&self, text: &str) -> String {
        text.replace(&self.0, "(the key)")
    }
}

/// Any text at first, since whoever complains about a value repeats it.
impl From<String> for Key {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_model() {
        let read = |text: &str| Address::parse(text).map(|address| address.to_string());
        let model = "http://127.0.0.1:8080/v2/models/digits".to_owned();
        for text in [&model, "http://127.0.0.1:8080/v2/models/digits/", "http://127.0.0.1:8080/v2/models/digits/infer"]
        {
            assert_eq!(read(text), Ok(model.clone()));
        }
        let versioned = "http://h/prefix/v2/models/m/versions/2".to_owned();
        assert_eq!(read(&versioned), Ok(versioned.clone()));
        for (text, problem) in [
            ("", "no http"),
            ("digits", "no http"),
            ("https://h/v2/models/m", "no TLS"),
            ("http:///v2/models/m", "no host"),
            ("http://h:1", "no model"),
            ("http://h/v2/models/", "no model"),
            ("http://h/v2/models/infer", "no model"),
            ("http://me:secret@h/v2/models/m", "no place"),
            ("http://h/v2/models/m?key=1", "no ?"),
            ("http://h/v2/models/my model", "no blanks"),
        ] {
            let (said, cure) = read(text).expect_err(text);
            assert!(said.contains(problem) && !cure.is_empty(), "{text}: {said}; {cure}");
        }
    }

    #[test]
    fn a_key_is_not_shown() {
        let key = |text: &str| Key::from(text.to_owned()).check();
        let own = key("sk-123").unwrap();
        assert_eq!(format!("{own:?}"), "Key(…)");
        assert_eq!(own.without("unknown key sk-123!"), "unknown key (the key)!");
        assert!(key("").is_err() && key("a b").is_err() && key("a\nb").is_err());
    }
}
