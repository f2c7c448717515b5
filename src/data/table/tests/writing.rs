//! One table as many programs write it: read alike, or named for what it is.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{read, reading, refusal};
use crate::data::{CsvError, Dataset, Table, TableOptions};

/// Twenty rows of two numbers and a class.
fn rows() -> impl Iterator<Item = (f64, f64, &'static str)> {
    (0..20)
        .map(|row| (f64::from(row * 7 % 20) / 4.0 - 2.0, f64::from(row * row) / 8.0, ["blue", "red"][row as usize % 2]))
}

/// A table with this header, whose rows are written so.
fn written(header: &str, row: impl Fn(usize, f64, f64, &str) -> String) -> String {
    let rows = rows().enumerate().map(|(number, (x, y, kind))| row(number + 1, x, y, kind) + "\n");
    format!("{header}\n{}", rows.collect::<String>())
}

fn plain() -> Table {
    read(&written("x,y,kind", |_, x, y, kind| format!("{x},{y},{kind}")), "kind").expect("a plain table")
}

fn comma(number: f64) -> String {
    number.to_string().replace('.', ",")
}

#[track_caller]
fn is_the_plain_one(text: &str) -> Table {
    let (table, plain) = (read(text, "kind").expect(text), plain());
    assert_eq!((&table.columns, &table.values), (&plain.columns, &plain.values), "{text}");
    assert_eq!((&table.classes, &table.labels), (&plain.classes, &plain.labels), "{text}");
    assert_eq!(table.remarks[0], plain.remarks[0]);
    table
}

#[test]
fn separators_comments_and_what_programs_put_around_a_table_are_read() {
    let semicolons = written("x;y;kind", |_, x, y, kind| format!("{x};{y};{kind}"));
    for text in [
        semicolons.clone(),
        semicolons.replace(';', "\t"),
        semicolons.replace(';', "|"),
        semicolons.replace(';', " "),
        semicolons.replace(';', "   ").replace('\n', "  \n  "),
        semicolons.replace(';', " , "),
        format!("sep=;\n{semicolons}"),
        format!("\u{feff}\"sep=;\"\r\n{}", semicolons.replace('\n', "\r\n")),
        format!("# exported by hand, version 2\n#\n{semicolons}"),
        // A separator at every end, at that of the rows alone, or of the header alone; and empty columns.
        semicolons.replace('\n', ";\n"),
        semicolons.replace('\n', ";\n").replacen(";\n", "\n", 1),
        semicolons.replacen('\n', ";\n", 1),
        semicolons.replace('\n', ";;;\n"),
        semicolons.replace(';', ";;"),
    ] {
        assert_eq!(is_the_plain_one(&text).remarks.len(), 1, "nothing is left out: {text}");
    }
}

#[test]
fn names_of_rows_are_left_out_and_said() {
    for (name, text) in [
        ("R", written("\"x\",\"y\",\"kind\"", |row, x, y, kind| format!("\"{row}\",{x},{y},\"{kind}\""))),
        ("R with blanks", written("\"x\" \"y\" \"kind\"", |row, x, y, kind| format!("\"{row}\" {x} {y} \"{kind}\""))),
        ("R, names", written("x,y,kind", |row, x, y, kind| format!("flower {row},{x},{y},{kind}"))),
        ("pandas", written(",x,y,kind", |row, x, y, kind| format!("{},{x},{y},{kind}", row - 1))),
        ("pandas, shuffled", written(",x,y,kind", |row, x, y, kind| format!("{},{x},{y},{kind}", row * 7 % 23))),
    ] {
        let remarks = is_the_plain_one(&text).remarks;
        assert!(remarks.len() == 2 && remarks[1].starts_with("the first column is left out"), "{name}: {remarks:?}");
    }
    // Measurements under a header that is one name short are no names of rows, and neither are numbers that repeat.
    for text in [
        written("y,z,kind", |_, x, y, kind| format!("{x},{y},3,{kind}")),
        written(",y,kind", |row, _, y, kind| format!("{},{y},{kind}", row % 5)),
        written("x,,kind", |_, x, y, kind| format!("{x},{y},{kind}")),
    ] {
        let message = refusal(&text, "kind");
        assert!(message.contains("has no name in the header") && message.contains("index=False"), "{message}");
    }
}

#[test]
fn decimal_commas_are_read_where_they_can_be_nothing_else() {
    for text in [
        written("x;y;kind", |_, x, y, kind| format!("{};{};{kind}", comma(x), comma(y))),
        written("x\ty\tkind", |_, x, y, kind| format!("{}\t{}\t{kind}", comma(x), comma(y))),
        written("x,y,kind", |_, x, y, kind| format!("\"{}\",\"{}\",{kind}", comma(x), comma(y))),
    ] {
        let remarks = is_the_plain_one(&text).remarks;
        assert_eq!(remarks[1..], ["numbers have a decimal comma: -0,25 in line 3 is -0.25"], "{text}");
    }
    // Three digits behind every comma, and not a zero before one: in semicolons still, elsewhere who knows?
    let threes = |separator: &str| {
        let rows: String = (100..120).map(|row| format!("\"{},{row}\"{separator}{}\n", row % 9 + 1, row % 2)).collect();
        format!("x{separator}kind\n{rows}")
    };
    assert_eq!(read(&threes(";"), "kind").expect("a table").values[[0, 0]], 2.1);
    let message = refusal(&threes("\t"), "kind");
    assert!(message.contains("may be a decimal one or separate thousands (the first of 20 cells"), "{message}");
    // Both kinds of number in one table.
    let both = written("x;y;kind", |_, x, y, kind| format!("{};{y};{kind}", comma(x)));
    let message = refusal(&both, "kind");
    assert!(message.contains("has a comma") && message.contains("has a decimal point"), "{message}");
    assert!(
        refusal(&written("x;y;kind", |row, x, _, kind| format!("{};1.234,{row};{kind}", comma(x))), "kind")
            .contains("separators of thousands")
    );
}

#[test]
fn a_table_without_a_header_is_suspected_and_no_row_is_lost() {
    let bare = written("7.6,1.7,red", |_, x, y, kind| format!("{x},{y},{kind}"));
    for label in ["kind", "red", "blue"] {
        let message = refusal(&bare, label);
        assert!(message.contains("looks like a row") && message.contains("\"7.6\", \"1.7\", \"red\""), "{message}");
        assert!(message.contains("add a line of column names above it"), "{message}");
    }
    let unasked = Table::read("bare", bare.as_bytes(), TableOptions::default()).unwrap_err();
    assert!(matches!(unasked, CsvError::NoHeader { .. }), "{unasked}");
    let digits: String = (0..20).map(|row| format!("0,{row},{}\n", row % 2)).collect();
    assert!(refusal(&digits, "0").contains("looks like a row"), "a name that is there twice is no name");
    // Names that are numbers: counted by a program, or years.
    for (header, label) in [("0,1,2", "2"), ("1,2,kind", "kind"), ("2001,2007,kind", "kind"), ("x,y,blue", "blue")] {
        let table = read(&written(header, |_, x, y, kind| format!("{x},{y},{kind}")), label).expect(header);
        assert_eq!(table.labels.len(), 20, "{header}");
    }
}

#[test]
fn what_is_no_table_is_named_for_what_it_is() {
    for (bytes, words) in [
        (
            &b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"[..],
            &["git-lfs", "git lfs pull"][..],
        ),
        (b"\n<!DOCTYPE HTML>\n<html>", &["a web page", "Raw"]),
        (b"\xef\xbb\xbf<html lang=\"en\">", &["a web page"]),
        (b"PK\x03\x04\x14\x00", &["spreadsheet", "save the sheet as CSV"]),
        (b"{\"x\": [1, 2]}", &["JSON"]),
        (b"[{\"x\": 1}]", &["JSON"]),
        (b"\xff\xfex\x00,\x00", &["UTF-16", "CSV UTF-8"]),
        (b"PAR1\x15\x04", &["Parquet", "to_csv"]),
        (b"BZh91AY&SY", &["bzip2"]),
        (b"% 1. Title: Iris\n@RELATION iris\n", &["ARFF"]),
    ] {
        let error = Table::read("any", bytes, reading("kind")).unwrap_err();
        let message = format!("{error}; {}", error.hint());
        assert!(words.iter().all(|word| message.contains(word)), "{words:?} not all in: {message}");
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).and_then(|()| packer.finish()).expect("room")
}

#[test]
fn a_packed_table_is_the_table_and_a_damaged_one_is_none() {
    let text = written("x,y,kind", |_, x, y, kind| format!("{x},{y},{kind}"));
    let whole = packed(text.as_bytes());
    let of = |bytes: &[u8]| Table::read("any", bytes, reading("kind"));
    assert_eq!(of(&whole).expect("a table").contents(), plain().contents());
    // Two packed files one after the other are one, as for gunzip.
    let (first, second) = text.split_at(100);
    let two = [packed(first.as_bytes()), packed(second.as_bytes())].concat();
    assert_eq!(of(&two).expect("a table").contents(), plain().contents());
    for end in [3, 30, whole.len() - 9] {
        assert!(matches!(of(&whole[..end]), Err(CsvError::Damaged)), "cut at {end}");
    }
    let mut flipped = whole.clone();
    flipped[whole.len() - 6] ^= 1;
    assert!(matches!(of(&flipped), Err(CsvError::Damaged)), "the check sum does not fit");
    assert!(of(&packed(&whole)).unwrap_err().to_string().contains("packed twice"));
}

#[test]
fn a_column_that_tells_the_label_is_pointed_out() {
    let remarks = |text: &str| read(text, "kind").expect("a table").remarks;
    let coded = remarks(&written("x,code,kind", |_, x, _, kind| format!("{x},{},{kind}", kind.len())));
    assert_eq!(coded[1..], ["column \"code\" alone tells the label of every row: is it the label in other words?"]);
}
