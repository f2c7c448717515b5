//! A line as somebody types it, made into a line as the language writes it.

/// A line as the language writes it: small letters, blanks around signs, a sign at the end. Signs of other keyboards
/// are as good as those of this language, and those that it does not have say nothing.
pub fn tidied(line: &str) -> String {
    let mut spaced = String::new();
    for letter in line.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()) {
        match half_width(letter) {
            sign @ (',' | '.' | '?') => spaced.extend([' ', sign, ' ']),
            '!' | ';' | ':' | '"' | '“' | '”' | '„' | '«' | '»' | '…' | '¿' | '¡' => spaced.push(' '),
            letter => spaced.extend(letter.to_lowercase()),
        }
    }
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    match words[..] {
        [] | [.., "?" | "."] => {}
        _ => words.push("?"),
    }
    words.join(" ")
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

    #[test]
    fn a_line_is_tidied() {
        for (line, expected) in [
            ("Is WUG slimy", "is wug slimy ?"),
            ("who is slimy er,wug or dax?\r\n", "who is slimy er , wug or dax ?"),
            (" \t\n", ""),
            ("ｗｈｏ are you？", "who are you ?"),
            ("is wug slimy。\u{3000}", "is wug slimy ."),
            ("“who” made you!", "who made you ?"),
        ] {
            assert_eq!(tidied(line), expected);
        }
    }
}
