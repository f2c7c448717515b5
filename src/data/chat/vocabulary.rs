//! The words of the language, and the way from text to tokens and back.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use thiserror::Error;

use crate::words::did_you_mean;

/// A word of the language, by its number from 0.
pub type Token = u8;

/// Things that can be asked about. None is a word of English.
#[rustfmt::skip]
pub const NOUNS: [&str; 32] = [
    "wug", "dax", "blick", "fep", "toma", "zup", "gorp", "kiki", "modi", "lorp", "pim", "rell", "snig", "vash", "kiv",
    "bosa", "hux", "jat", "noop", "tiv", "zib", "glim", "yad", "fendle", "oke", "vorn", "quib", "plon", "drabe", "sert",
    "mub", "tulver",
];

/// What a thing can be.
#[rustfmt::skip]
pub const ADJECTIVES: [&str; 16] = [
    "slimy", "fuzzy", "shiny", "heavy", "noisy", "spiky", "sweet", "tall", "warm", "quick", "soft", "bright", "salty",
    "round", "brave", "old",
];

/// Everything else that is ever said.
#[rustfmt::skip]
const OTHERS: [&str; 24] = [
    "is", "yes", "no", "not", ",", ".", "?", "who", "er", "or", "certainly", "i", "am", "you", "are", "made", "me",
    "what", "your", "name", "aurora", "northwind", "juniper", "stonebridge",
];

/// The token that fills a window to the left of a text that is shorter. It has no word.
pub const PADDING: Token = 0;
/// The token after the last word of a reply. It has no word.
pub const END: Token = 1;
/// How many tokens there are.
pub const VOCABULARY: usize = FIRST_WORD + NOUNS.len() + ADJECTIVES.len() + OTHERS.len();

const FIRST_WORD: usize = 2;

static NUMBERS: LazyLock<BTreeMap<&str, Token>> = LazyLock::new(|| words().zip(FIRST_WORD as Token..).collect());

/// A text holds a word that the language does not have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the language has no word {word:?}{hint}")]
pub struct UnknownWord {
    /// The word.
    pub word: String,
    /// Empty, or the word that was probably meant.
    pub hint: String,
}

/// The tokens of a text whose words, signs among them, are separated by blanks: `is wug slimy ?`.
///
/// ```
/// use distill_lab::data::chat::{text, tokens};
///
/// assert_eq!(text(&tokens("who is slimy er , wug or dax ?")?), "who is slimy er , wug or dax ?");
/// assert_eq!(
///     tokens("is wug slimmy ?").unwrap_err().to_string(),
///     "the language has no word \"slimmy\"; did you mean \"slimy\"?"
/// );
/// # Ok::<(), distill_lab::data::chat::UnknownWord>(())
/// ```
///
/// # Errors
/// [`UnknownWord`] for the first word that is none.
pub fn tokens(text: &str) -> Result<Vec<Token>, UnknownWord> {
    text.split_whitespace().map(|word| NUMBERS.get(word).copied().ok_or_else(|| unknown(word))).collect()
}

/// The words of tokens, separated by blanks; padding and the end have none.
///
/// # Panics
/// If a token is none of the [`VOCABULARY`].
pub fn text(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().filter_map(|&token| word(token)).collect();
    words.join(" ")
}

fn words() -> impl Iterator<Item = &'static str> {
    NOUNS.into_iter().chain(ADJECTIVES).chain(OTHERS)
}

fn word(token: Token) -> Option<&'static str> {
    let place = usize::from(token).checked_sub(FIRST_WORD)?;
    Some(words().nth(place).expect("a token of the vocabulary"))
}

fn unknown(word: &str) -> UnknownWord {
    let hint = did_you_mean(word, words()).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    UnknownWord { word: word.to_owned(), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_numbers() {
        assert_eq!(NUMBERS.len() + FIRST_WORD, VOCABULARY);
    }

    #[test]
    fn every_word_comes_back() {
        let all: Vec<&str> = words().collect();
        let numbers = tokens(&all.join("\n")).unwrap();
        assert_eq!(numbers, (2..VOCABULARY as Token).collect::<Vec<_>>());
        assert_eq!(text(&numbers), all.join(" "));
    }

    #[test]
    fn what_has_no_word_leaves_no_trace_in_a_text() {
        let mut padded = vec![PADDING, PADDING];
        padded.extend(tokens("dax is slimy er .").unwrap());
        padded.push(END);
        assert_eq!(text(&padded), "dax is slimy er .");
    }

    #[test]
    fn a_word_that_is_like_no_other_gets_no_hint() {
        let error = tokens("is xylophone slimy ?").unwrap_err();
        assert_eq!((error.word.as_str(), error.hint.as_str()), ("xylophone", ""));
    }
}
