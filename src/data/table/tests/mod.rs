//! Reading, refusing and dealing small tables.

mod dealing;
mod writing;

use std::fmt::Write;
use std::fs;

use super::*;

fn read(text: &str, label: &str) -> Result<Table, CsvError> {
    Table::read("small", text.as_bytes(), reading(label))
}

fn reading(label: &str) -> TableOptions<'_> {
    TableOptions { label: Some(label), ..TableOptions::default() }
}

/// The refusal in one text: what is wrong, and what to do.
fn refusal(text: &str, label: &str) -> String {
    let error = read(text, label).expect_err(text);
    format!("{error}; {}", error.hint())
}

/// A table of `counts[k]` rows of class k, whose first column numbers the rows.
fn numbered(counts: &[usize]) -> Table {
    let mut text = String::from("row,square,class\n");
    let classes = counts.iter().enumerate().flat_map(|(class, &count)| std::iter::repeat_n(class, count));
    for (row, class) in classes.enumerate() {
        writeln!(text, "{row},{},{class}", row * row).unwrap();
    }
    read(&text, "class").unwrap()
}

const ALL: Sizes = Sizes { training: usize::MAX, pool: usize::MAX, test: usize::MAX, independent: usize::MAX };

#[test]
fn spaces_quotes_a_byte_order_mark_and_any_line_end_are_read_alike() {
    let class = |row: usize| if row < 5 { "a" } else { "b" };
    let spaced: String = (0..10).map(|row| format!(" {row} ,\" {} \"\r\n", class(row))).collect();
    let plain: Vec<String> = (0..10).map(|row| format!("{row},{}", class(row))).collect();
    let windows = read(&format!("\u{feff}x , y\r\n\r\n{spaced}"), "y").unwrap();
    let unix = read(&format!("x,y\n{}", plain.join("\n")), " y").unwrap();
    assert_eq!(windows.values, unix.values);
    assert_eq!(windows.classes, ["a", "b"]);
    assert_eq!(windows.deal(ALL, Seed::new(0)), unix.deal(ALL, Seed::new(0)));
}

#[test]
fn a_constant_column_is_kept_out_and_said_so() {
    // Two numbers that single precision cannot tell apart are two.
    let rows: String = (0..10).map(|row| format!("7.50,{row},{},{}\n", 1e9 + f64::from(row % 3), row % 2)).collect();
    let table = read(&format!("unit,x,time,y\n{rows}"), "y").unwrap();
    assert_eq!(table.dimension(), 2);
    assert_eq!(table.values.column(0).to_vec(), (0u8..10).map(f64::from).collect::<Vec<_>>());
    assert_eq!(table.remarks[1..], ["column \"unit\" is kept out: every row says 7.50"]);
}

#[test]
fn a_bad_table_is_refused_with_the_place_and_the_cure() {
    let good: String = (0..10).map(|row| format!("{row},1{row},{}\n", row % 2)).collect();
    let with = |line: &str| format!("x,z,y\n{good}{line}\n");
    let many: String = (0..120).map(|row| format!("{row},{row}.5\n")).collect();
    let wide = (0..10_001).map(|column| format!("c{column}")).collect::<Vec<_>>().join(",") + "\n1\n";
    let open = format!("x,z,y\n{good}\"{}", "1,2,0\n".repeat(200_000));
    for (text, label, words) in [
        ("", "y", &["empty", "header line"][..]),
        ("\n\n", "y", &["empty"]),
        ("#\n\nx,y\n", "y", &["line 3", "no rows"]),
        (&with("1,2"), "y", &["line 12", "2 cells", "3 columns", "complete"]),
        (&with("# the end"), "y", &["line 12", "has 1 cell but", "remark"]),
        (&with("\n\n1,2,0,4"), "y", &["line 14", "4 cells"]),
        (&with("\"1\n\",2,0\n1,2"), "y", &["line 14", "2 cells"]),
        (&with("1,2\r\n").replace('\n', "\r\n"), "y", &["line 12", "2 cells"]),
        ("x,x,y\n1,2,0\n", "y", &["columns 1 and 2", "\"x\"", "rename"]),
        ("x:y\n1:2\n", "y", &["one cell, \"x:y\"", "commas, semicolons, tabs"]),
        (&with("1,2,0"), "Y ear", &["\"Y ear\"", "\"x\", \"z\", \"y\""]),
        ("width,class\n1,2\n", "clas", &["did you mean class?", "--label"]),
        (&with("1,oops,0"), "y", &["line 12", "\"z\"", "\"oops\" is not a number", "correct the cell"]),
        (&with("1,NaN,0"), "y", &["line 12", "\"z\"", "\"NaN\" is a missing value", "--drop-missing"]),
        (&with("-inf,1,0"), "y", &["line 12", "\"x\"", "\"-inf\"", "finite"]),
        (&with("1e39,1,0"), "y", &["line 12", "\"x\"", "\"1e39\"", "3.4e38"]),
        (&with("1, ,0"), "y", &["line 12", "\"z\"", "empty", "remove the row"]),
        (&with("1,2,\n3,4,?"), "y", &["2 of 12 rows", "line 12", "\"y\"", "--drop-missing"]),
        (
            "x,town,sex,y\n1,Rom,f,0\n2,Ulm,m,1\n",
            "y",
            &["\"town\", \"sex\"", "line 2", "\"Rom\"", "category", "remove"],
        ),
        (&with("1,2,2"), "y", &["class \"2\"", "1 of the 5", "merge"]),
        ("x,y\n1,a\n2,a\n", "y", &["\"y\"", "\"a\"", "two classes"]),
        ("y\n1\n2\n1\n2\n1\n2\n1\n2\n1\n2\n", "y", &["\"y\"", "no numeric column"]),
        (&format!("x,y\n{many}"), "y", &["\"y\"", "more than 100", "line 102", "measurement"]),
        (&wide, "y", &["10001 columns", "10000"]),
        (&open, "y", &["line 12", "1024 KiB", "quotation mark"]),
    ] {
        let message = refusal(text, label);
        assert!(words.iter().all(|word| message.contains(word)), "{words:?} not all in: {message}");
    }
}

#[test]
fn cells_that_are_no_numbers_are_counted() {
    let rows: String = (0..10).map(|row| format!("{row},{row},{}\n", row % 2)).collect();
    let message = refusal(&format!("x,z,y\n{rows}5 kg,1,0\n3,NA,1\n7 kg,8kg,0\n"), "y");
    assert!(message.starts_with("line 12, column \"x\": \"5 kg\" is not a number"), "{message}");
    assert!(message.contains("unit (the first of 3 cells like this in 2 columns); keep the number alone"), "{message}");
}

#[test]
fn rows_in_which_something_is_missing_are_left_out_where_that_is_asked_for() {
    let rows: String = (0..12).map(|row| format!("{row},{},{}\n", row * row, ["a", "b"][row % 2])).collect();
    let gaps = format!("x,z,y\n{rows}NA,1,a\n90,,b\n91,2,n/a\n?,?,None\n");
    let dropped = Table::read("small", gaps.as_bytes(), TableOptions { label: Some("y"), drop_missing: true }).unwrap();
    let without = read(&format!("x,z,y\n{rows}"), "y").unwrap();
    assert_eq!((&dropped.values, &dropped.labels), (&without.values, &without.labels));
    assert_eq!(dropped.contents(), without.contents());
    assert_eq!(dropped.remarks[1], "4 rows left out, in which something is missing");
    let nothing = Table::read("small", &b"x,y\n1,\n,b\n"[..], TableOptions { label: Some("y"), drop_missing: true });
    assert!(nothing.unwrap_err().to_string().contains("each of the 2 rows"));
}

#[test]
fn bytes_that_are_no_text_are_refused_by_line() {
    let error = Table::read("x", &b"x,y\n1,2\n\xff\xfe,2\n"[..], reading("y")).unwrap_err();
    assert!(error.to_string().starts_with("line 3") && error.hint().contains("UTF-8"), "{error}");
}

#[test]
fn without_a_label_the_columns_are_listed() {
    let message = Table::read("x", &b"width,height\n1,2\n"[..], TableOptions::default()).unwrap_err().hint();
    assert!(message.contains("--label") && message.contains("\"width\", \"height\""), "{message}");
}

#[test]
fn a_change_anywhere_in_the_file_is_another_table() {
    let table = |x: &str, first: &str, last: &str| {
        let rows: String = (1..10).map(|row| format!("{row},{}\n", ["a", "b"][row % 2])).collect();
        read(&format!("{x},y\n{first}\n{rows}{last}\n"), "y").unwrap().contents()
    };
    let one = table("x", "0,a", "10,a");
    let others = [table("z", "0,a", "10,a"), table("x", "1e-9,a", "10,a"), table("x", "0,a", "10,b")];
    assert!(others.iter().all(|&other| other != one) && one == table("x", "0.0,a", "10,a"));
}

#[test]
fn files_are_opened_by_path_and_named_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flowers.csv");
    fs::write(&path, (0..10).fold("x,y\n".to_owned(), |text, row| text + &format!("{row},{}\n", row / 5))).unwrap();
    let table = Table::open(&path, reading("y")).unwrap();
    assert_eq!((table.name(), table.about()), ("flowers", "10 rows × 1 column in 2 classes (y)"));
    assert!(matches!(Table::open(folder.path(), reading("y")), Err(CsvError::Folder)));
    assert!(matches!(Table::open(&folder.path().join("none.csv"), reading("y")), Err(CsvError::NotFound)));
    fs::File::create(&path).unwrap().set_len(read::MAX_FILE + 1).unwrap();
    assert!(matches!(Table::open(&path, reading("y")), Err(CsvError::FileTooLarge)));
}
