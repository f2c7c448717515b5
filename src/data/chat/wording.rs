//! How people write and read the language: its words as a keyboard types them, and its replies as a page shows them.
//!
//! The language compares with a word of its own ("shiny er"); people write "shinier".

use super::vocabulary::{ADJECTIVES, NOUNS};
use crate::words::nearest;

/// A line as the language writes it: small letters, blanks around signs, "shiny er" for "shinier", a sign at the end.
/// Signs of other keyboards are as good as those of this language, and those that it does not have say nothing.
///
/// ```
/// use distill_lab::data::chat::{tidied, written};
///
/// assert_eq!(tidied("Who is shinier, wug or dax"), "who is shiny er , wug or dax ?");
/// assert_eq!(written("who is shiny er , wug or dax ?"), "who is shinier, wug or dax?");
/// ```
pub fn tidied(line: &str) -> String {
    let mut spaced = String::new();
    for letter in line.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()) {
        match half_width(letter) {
            sign @ (',' | '.' | '?') => spaced.extend([' ', sign, ' ']),
            '!' | ';' | ':' | '"' | '“' | '”' | '„' | '«' | '»' | '…' | '¿' | '¡' => spaced.push(' '),
            letter => spaced.extend(letter.to_lowercase()),
        }
    }
    let mut words: Vec<&str> = Vec::new();
    for word in spaced.split_whitespace() {
        match ADJECTIVES.into_iter().find(|adjective| comparative(adjective) == word) {
            Some(adjective) => words.extend([adjective, "er"]),
            None => words.push(word),
        }
    }
    match words[..] {
        [] | [.., "?" | "."] => {}
        _ => words.push("?"),
    }
    words.join(" ")
}

/// Words of the language as people read them: no blank before a sign, one word for a comparison.
pub fn written(words: &str) -> String {
    let mut text = String::new();
    for word in words.split(' ') {
        let compared = ADJECTIVES.into_iter().find(|own| word == "er" && text.ends_with(own));
        match (word, compared) {
            (_, Some(adjective)) => {
                text.truncate(text.len() - adjective.len());
                text += &comparative(adjective);
            }
            ("," | "." | "?", _) => text += word,
            _ => {
                if !text.is_empty() {
                    text.push(' ');
                }
                text += word;
            }
        }
    }
    text
}

/// "shinier" of "shiny", "braver" of "brave", "older" of "old".
fn comparative(adjective: &str) -> String {
    match adjective.strip_suffix('y') {
        Some(stem) => format!("{stem}ier"),
        None => format!("{adjective}{}", if adjective.ends_with('e') { "r" } else { "er" }),
    }
}

/// The things and qualities whose names are nearest to a word that the language does not have.
pub fn nearest_words(unknown: &str) -> Vec<String> {
    const NEAREST: usize = 3;
    nearest(unknown, NOUNS.iter().chain(&ADJECTIVES).copied(), NEAREST)
}

/// A letter or sign that takes two columns, as keyboards for Chinese and Japanese write it, in one.
fn half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).expect("a sign of ASCII"),
        '。' => '.',
        '、' => ',',
        '؟' => '?',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::chat::tokens;

    #[test]
    fn a_line_is_tidied() {
        for (line, expected) in [
            ("Is WUG slimy", "is wug slimy ?"),
            ("who is slimy er,wug or dax?\r\n", "who is slimy er , wug or dax ?"),
            (" \t\n", ""),
            ("ｗｈｏ are you？", "who are you ?"),
            ("is wug slimy。\u{3000}", "is wug slimy ."),
            ("“who” made you!", "who made you ?"),
            ("who is braver, oke or yad", "who is brave er , oke or yad ?"),
        ] {
            assert_eq!(tidied(line), expected);
        }
    }

    #[test]
    fn every_comparison_is_read_back() {
        for adjective in ADJECTIVES {
            let words = format!("who is {adjective} er , wug or dax ?");
            assert_eq!(tidied(&written(&words)), words);
            assert!(tokens(&words).is_ok());
        }
        assert_eq!(written("dax is tall er ."), "dax is taller.");
        assert_eq!(written("er is er ."), "er is er.", "a comparison of nothing stays as it is");
    }
}
