//! How a table is written: what stands before its header, and what separates its cells.
//!
//! The crates csv-sniffer 0.3 and qsv-sniffer 0.12 were tried and left out: of twenty tables as spreadsheets, R and
//! pandas write them, the first took the blank after a comma for the separator and a row for the header's preamble, the
//! second refused comments, `sep=,` and R's short header; they bring 2 and 15 crates, where a count of cells will do.

use csv::{ByteRecord, ReaderBuilder};

use super::blanks::Blanks;
use super::cell;

/// Lines of a table that are looked at.
const LINES: usize = 20;
/// What may separate cells, the most usual first; runs of blanks are tried where none of these does.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How a table is written.
#[derive(Debug, PartialEq)]
pub(super) struct Dialect {
    /// Between two cells; a blank stands for any number of blanks.
    pub(super) separator: u8,
    /// Bytes before the header, and the lines among them.
    pub(super) start: usize,
    pub(super) lines: u64,
}

/// Looks at the beginning of a table.
pub(super) fn sniff(head: &[u8]) -> Dialect {
    let mut start = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let (mut lines, mut told, mut comment) = (0, None, None);
    while let Some((line, next)) = first_line(head, start) {
        if let Some(separator) = told_separator(line) {
            told = Some(separator);
        } else if line.starts_with(b"#") {
            let marks = line.iter().take_while(|&&byte| byte == b'#').count();
            comment = Some((start + marks, lines));
        } else if !line.trim_ascii().is_empty() {
            break;
        }
        (start, lines) = (next, lines + 1);
    }
    let rest = &head[start..];
    let separator = told.unwrap_or_else(|| most_regular(first_lines(rest)));
    // NumPy writes the header as a comment: then the first line without a mark is one of numbers.
    if let Some((place, line)) = comment {
        let [header, row] = [place, start].map(|at| rows(first_lines(&head[at..]), separator).next());
        if let (Some(header), Some(row)) = (header, row)
            && header.len() == row.len()
            && row.iter().any(|cell| str::from_utf8(cell).is_ok_and(cell::is_number))
        {
            return Dialect { separator, start: place, lines: line };
        }
    }
    Dialect { separator, start, lines }
}

/// The line that begins at a place, without its end, and where the next one begins; none after the last.
fn first_line(text: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let end = rest.iter().position(|&byte| byte == b'\n' || byte == b'\r').unwrap_or(rest.len());
    let length = if rest[end..].starts_with(b"\r\n") { 2 } else { rest.len().min(end + 1) - end };
    Some((&rest[..end], at + end + length))
}

/// The text up to the end of the last line that is looked at.
fn first_lines(text: &[u8]) -> &[u8] {
    let mut end = 0;
    for _ in 0..LINES {
        match first_line(text, end) {
            Some((_, next)) => end = next,
            None => break,
        }
    }
    &text[..end]
}

/// The separator that a spreadsheet was told in a line `sep=;`.
fn told_separator(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_start().strip_prefix(b"\"").unwrap_or(line);
    match line {
        [s, e, p, b'=', separator, end @ ..] => {
            let is_told = [s, e, p].iter().zip(b"sep").all(|(a, b)| a.eq_ignore_ascii_case(b));
            (is_told && separator.is_ascii() && matches!(end.trim_ascii(), b"" | b"\"")).then_some(*separator)
        }
        _ => None,
    }
}

/// The separator under which most lines have as many cells as the first, or one more, as below a header of R and where
/// every row ends in a separator.
fn most_regular(text: &[u8]) -> u8 {
    let regular = |separator: u8| {
        let counts: Vec<usize> = rows(text, separator).map(|row| row.len()).collect();
        let &[header, ref others @ ..] = &counts[..] else { return None };
        let within = |more: usize| others.iter().filter(|&cells| (header..=header + more).contains(cells)).count();
        (header > 1).then(|| (within(1), within(0), header, others.len()))
    };
    let best = SEPARATORS
        .into_iter()
        .rev()
        .filter_map(|separator| Some((regular(separator)?, separator)))
        .max_by_key(|it| it.0);
    match best {
        Some((_, separator)) => separator,
        None if regular(b' ').is_some_and(|(within_one, .., others)| 2 * within_one >= others) => b' ',
        None => SEPARATORS[0],
    }
}

/// The rows of a text that are not blank.
fn rows(text: &[u8], separator: u8) -> impl Iterator<Item = ByteRecord> {
    let text: Box<dyn std::io::Read> = if separator == b' ' { Box::new(Blanks::new(text)) } else { Box::new(text) };
    let reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text);
    reader.into_byte_records().map_while(Result::ok).take(LINES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(text: &str) -> (char, &str, u64) {
        let Dialect { separator, start, lines } = sniff(text.as_bytes());
        (char::from(separator), &text[start..], lines)
    }

    #[test]
    fn the_separator_is_the_one_that_makes_lines_alike() {
        for (text, separator) in [
            ("x,y,k\n1,2,a\n", ','),
            ("x;y;k\n1,5;2,5;a\n", ';'),
            ("size, cm;y;k\n1,5;2,5;a\n", ';'),
            ("x\ty\tk\n1\t2\ta b\n", '\t'),
            ("x|y|k\n1|2|a\n", '|'),
            ("x y k\n1  2 a\n 3 4 b\n", ' '),
            ("\"x\" \"y\" \"k\"\n\"1\" 2.5 3 \"a, b\"\n", ' '),
            // A blank after the comma belongs to the cell, a comma or a bar within quotation marks too.
            ("x, y, k\n1, 2, a\n", ','),
            ("x,\"y;z|w\",k\n1,2,a\n", ','),
            ("\"x,y\";z;k\n1;2;a\n", ';'),
            ("name|unit,y,k\n1,2,a\n3,4,b\n", ','),
            // One column, whatever its name; and nothing at all.
            ("my label\n1\n2\n", ','),
            ("", ','),
        ] {
            assert_eq!(sniffed(text).0, separator, "{text:?}");
        }
    }

    #[test]
    fn what_stands_before_the_header_is_skipped_and_counted() {
        for (text, rest, lines) in [
            ("\u{feff}x,y\n1,2\n", "x,y\n1,2\n", 0),
            ("sep=,\r\nx,y\r\n", "x,y\r\n", 1),
            ("\"sep=;\"\rx;y\r", "x;y\r", 1),
            ("\n# of 2024, by hand\n#\n\nx,y\n1,2\n", "x,y\n1,2\n", 4),
            // A header behind a mark, over numbers; and a remark with as many cells as the header, over the header.
            ("# made, by\n# x y\n1.0 2.0\n", " x y\n1.0 2.0\n", 1),
            ("#x,y\n1,a\n", "x,y\n1,a\n", 0),
            ("# made, by\nx,y\n1,2\n", "x,y\n1,2\n", 1),
            ("#", "", 1),
        ] {
            assert_eq!((sniffed(text).1, sniffed(text).2), (rest, lines), "{text:?}");
        }
        assert_eq!(sniffed("SEP=|\nx|y,z\n1|2\n").0, '|', "what is told is believed");
    }
}
