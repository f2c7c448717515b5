//! How wide a text is, and how to make it fit: wrap it, set it smaller, shorten it.
//!
//! Widths are sums of glyph advances of the bundled fonts. Kerning only pulls glyphs closer, so a sum may be a
//! little too wide, which is the safe side.

use std::sync::LazyLock;

use ttf_parser::Face;

/// Inter, regular, cut to the characters that figures use.
pub const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.otf");
/// The same, bold.
pub const BOLD: &[u8] = include_bytes!("fonts/Inter-Bold.otf");

// The fonts are part of the program: a damaged one is a mistake of ours, not of the input.
static REGULAR_FACE: LazyLock<Face> = LazyLock::new(|| Face::parse(REGULAR, 0).expect("a sound bundled font"));
static BOLD_FACE: LazyLock<Face> = LazyLock::new(|| Face::parse(BOLD, 0).expect("a sound bundled font"));

/// What is drawn for a character that the fonts do not have: dropping it would change a name unseen.
const UNKNOWN: char = '○';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    fn face(self) -> &'static Face<'static> {
        match self {
            Self::Regular => &REGULAR_FACE,
            Self::Bold => &BOLD_FACE,
        }
    }
}

/// The text with every character replaced that would not be seen.
pub(super) fn printable(text: &str) -> String {
    let visible = |c: char| match c {
        _ if c.is_whitespace() && c != '\u{A0}' && c != '\u{202F}' => ' ',
        _ if REGULAR_FACE.glyph_index(c).is_some() => c,
        _ => UNKNOWN,
    };
    text.chars().map(visible).collect()
}

/// Width of a text set in one line.
pub(super) fn width(text: &str, weight: Weight, size: f64) -> f64 {
    let face = weight.face();
    let advance = |c: char| {
        let glyph = face.glyph_index(c).or_else(|| face.glyph_index(UNKNOWN));
        f64::from(glyph.and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(0))
    };
    printable(text).chars().map(advance).sum::<f64>() * size / f64::from(face.units_per_em())
}

/// The text in one line, shortened at its end where it is too wide.
pub(super) fn fit(text: &str, weight: Weight, size: f64, room: f64) -> String {
    if width(text, weight, size) <= room {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let shortened = |kept: usize| format!("{}…", letters[..kept].iter().collect::<String>().trim_end());
    let fits = |kept: usize| width(&shortened(kept), weight, size) <= room;
    match fewest(letters.len(), |kept| !fits(kept)) {
        0 => String::new(),
        too_long => shortened(too_long - 1),
    }
}

/// The fewest of up to `most` for which something holds that holds for all above too; `most` where it holds for none
/// below. By halves: a saved text may be long, and each try measures it.
fn fewest(most: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The text in lines no wider than `room`, broken at spaces; a longer word is broken where it must be.
pub(super) fn wrap(text: &str, weight: Weight, size: f64, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    // A number and its percent sign stay together.
    let text = text.replace(" %", "\u{a0}%");
    // Not `split_whitespace`: that would break at a no-break space too.
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, weight, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if line.chars().count() > 1 && width(&line, weight, size) > room {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text in as few lines as fit into `room`, the longest of them as short as it can be: no word is left alone.
pub(super) fn balanced(text: &str, weight: Weight, size: f64, room: f64) -> Vec<String> {
    let lines = wrap(text, weight, size, room);
    let longest_word = lines.iter().flat_map(|line| line.split(' ')).map(|word| width(word, weight, size));
    // By whole units; no word is broken for the sake of balance.
    let least = longest_word.fold(0.0, f64::max).ceil() as usize;
    let more_lines = |room: usize| wrap(text, weight, size, room as f64).len() > lines.len();
    let narrowest = least + fewest((room as usize).saturating_sub(least), |more| !more_lines(least + more));
    wrap(text, weight, size, (narrowest as f64).min(room))
}

/// The text in at most `most` lines, in the first of `sizes` at which that works; else cut in the smallest.
pub(super) fn block(text: &str, weight: Weight, sizes: &[f64], room: f64, most: usize) -> (f64, Vec<String>) {
    let mut smallest = (0.0, Vec::new());
    for &size in sizes {
        smallest = (size, balanced(text, weight, size, room));
        if smallest.1.len() <= most {
            return smallest;
        }
    }
    let (size, mut lines) = smallest;
    let rest = lines.split_off(most - 1).join(" ");
    lines.push(fit(&rest, weight, size, room));
    (size, lines)
}

/// The text in at most `most` lines; what is too much goes from the middle, because both ends say something.
pub(super) fn middle_cut(text: &str, weight: Weight, size: f64, room: f64, most: usize) -> Vec<String> {
    // Characters kept at the end: room for a seed and a version.
    const TAIL: usize = 60;
    let lines = wrap(text, weight, size, room);
    if lines.len() <= most {
        return lines;
    }
    let letters: Vec<char> = text.chars().collect();
    let tail: String = letters[letters.len().saturating_sub(TAIL)..].iter().collect();
    let shortened = |head: usize| {
        let head: String = letters[..head].iter().collect();
        wrap(&format!("{}…{}", head.trim_end(), tail), weight, size, room)
    };
    let too_long = fewest(letters.len().saturating_sub(TAIL) + 1, |head| shortened(head).len() > most);
    shortened(too_long.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_lose_nothing() {
        let text = "Soft labels need about ten times fewer queries than anExtraordinarilyLongWordWithoutAnySpaces does";
        let lines = wrap(text, Weight::Bold, 20.0, 180.0);
        assert!(lines.iter().all(|line| width(line, Weight::Bold, 20.0) <= 180.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn no_last_word_is_left_alone_on_a_line() {
        let text = "one two three four five six seven";
        // In a first line as long as it can be, "seven" would stand alone.
        assert_eq!(wrap(text, Weight::Bold, 20.0, 300.0)[1], "seven");
        let longest = |lines: &[String]| {
            lines.iter().map(|line| width(line, Weight::Bold, 20.0).ceil() as usize).max().unwrap_or(0)
        };
        let words: Vec<&str> = text.split(' ').collect();
        let splits = (1..words.len()).map(|at| longest(&[words[..at].join(" "), words[at..].join(" ")]));
        let lines = balanced(text, Weight::Bold, 20.0, 300.0);
        assert_eq!((lines.len(), Some(longest(&lines))), (2, splits.min()));
        assert_eq!(balanced("one two", Weight::Bold, 20.0, 300.0), ["one two"]);
    }

    #[test]
    fn a_long_title_is_set_smaller_and_only_then_cut() {
        let title = |words: usize| block(&"agreement ".repeat(words), Weight::Bold, &[20.0, 10.0], 300.0, 2);
        assert_eq!((title(4).0, title(4).1.len()), (20.0, 2));
        assert_eq!((title(8).0, title(8).1.len()), (10.0, 2));
        let (size, lines) = title(80);
        assert_eq!((size, lines.len()), (10.0, 2));
        assert!(lines[1].ends_with('…') && width(&lines[1], Weight::Bold, 10.0) <= 300.0, "{lines:?}");
    }

    #[test]
    fn a_stamp_cut_in_the_middle_keeps_both_ends() {
        let stamp = format!("distill run budget --budgets {}· seed 0 · distill-lab 0.1.0", "1000,".repeat(200));
        let lines = middle_cut(&stamp, Weight::Regular, 10.0, 300.0, 2).join(" ");
        assert!(lines.starts_with("distill run") && lines.contains('…') && lines.ends_with("0.1.0"), "{lines}");
    }

    #[test]
    fn a_character_without_a_glyph_is_seen_to_be_missing() {
        assert_eq!(printable("a漢\nb‖²"), "a○ b‖²");
        assert!(width("漢", Weight::Bold, 10.0) > 1.0);
    }

    #[test]
    fn both_weights_have_the_same_characters_and_all_that_the_project_writes() {
        let has = |face: &Face, c: char| face.glyph_index(c).is_some();
        for c in (0..0x2_0000).filter_map(char::from_u32) {
            assert_eq!(has(&REGULAR_FACE, c), has(&BOLD_FACE, c), "{c:?}");
        }
        let written = "–—‖−≥≤×·…±²³₁√∞≈≠→←↑↓⇒ΣΔαβλμστ“”‘’«»ÄÖÜäöüßéñ\u{A0}\u{202F}%";
        assert!(written.chars().chain(' '..='~').all(|c| has(&REGULAR_FACE, c)));
    }
}
