//! The label column: which texts are one class, which are missing, and what a reader should know about them.

use std::collections::{BTreeMap, HashMap};

use super::MOST_CLASSES;
use super::cell::is_missing;
use super::error::{CsvError, listed, shown};
use crate::words::{percent, thousands};

/// Above this share of one class, always saying it looks like knowing something.
const LOPSIDED: f64 = 0.9;
/// Classes that a remark names with their counts.
const NAMED: usize = 12;

/// The labels while they are read.
pub(super) struct Labels {
    column: String,
    /// The class of every text that has been met.
    known: HashMap<String, usize>,
    classes: Vec<Class>,
    /// Per row; one byte is enough for [`MOST_CLASSES`].
    of_row: Vec<u8>,
    missing: Option<Missing>,
}

struct Class {
    name: String,
    /// Other spellings of the same number.
    others: Vec<String>,
    rows: usize,
}

struct Missing {
    line: u64,
    cell: String,
    rows: usize,
}

/// Labels that are complete.
#[derive(Debug)]
pub(super) struct Classes {
    /// Their names, in order: numbers by size, texts by alphabet.
    pub(super) names: Vec<String>,
    /// The class of each row.
    pub(super) of_row: Vec<u8>,
    /// What to know about them.
    pub(super) remarks: Vec<String>,
}

impl Labels {
    /// A column that has not been read yet.
    pub(super) fn new(column: &str) -> Self {
        let column = shown(column);
        Self { column, known: HashMap::new(), classes: Vec::new(), of_row: Vec::new(), missing: None }
    }

    /// How many rows have been read.
    pub(super) fn rows(&self) -> usize {
        self.of_row.len()
    }

    /// Whether a text is one of the labels.
    pub(super) fn has(&self, text: &str) -> bool {
        self.known.contains_key(text)
    }

    /// Takes the next trimmed label.
    pub(super) fn read(&mut self, cell: &str, line: u64) -> Result<(), CsvError> {
        let class = match self.known.get(cell) {
            Some(&class) => class,
            None if is_missing(cell) => {
                self.missing.get_or_insert_with(|| Missing { line, cell: shown(cell), rows: 0 }).rows += 1;
                // Nobody will see it: the table is refused at its end.
                self.of_row.push(0);
                return Ok(());
            }
            None => self.meet(cell, line)?,
        };
        self.classes[class].rows += 1;
        self.of_row.push(class as u8);
        Ok(())
    }

    /// The class of a text that is new.
    fn meet(&mut self, cell: &str, line: u64) -> Result<usize, CsvError> {
        let name = plain_number(cell).unwrap_or_else(|| cell.to_owned());
        let class = match self.classes.iter().position(|class| class.name == name) {
            Some(class) => {
                let others = &mut self.classes[class].others;
                others.extend((name != cell).then(|| cell.to_owned()));
                class
            }
            None if self.classes.len() == MOST_CLASSES => {
                return Err(CsvError::TooManyClasses { label: self.column.clone(), line });
            }
            None => {
                let others = if name == cell { Vec::new() } else { vec![cell.to_owned()] };
                self.classes.push(Class { name, others, rows: 0 });
                self.classes.len() - 1
            }
        };
        self.known.insert(cell.to_owned(), class);
        Ok(class)
    }

    /// The classes, where every row has one and there are two.
    pub(super) fn finish(self) -> Result<Classes, CsvError> {
        let rows = self.of_row.len();
        if let Some(Missing { line, cell, rows: missing }) = self.missing {
            return Err(CsvError::MissingLabels { label: self.column, missing, rows, line, cell });
        }
        if let [Class { name, .. }] = &self.classes[..] {
            return Err(CsvError::OneClass { label: self.column, class: shown(name) });
        }
        let numbers: Option<Vec<f64>> = self.classes.iter().map(|class| class.name.parse().ok()).collect();
        let mut order: Vec<usize> = (0..self.classes.len()).collect();
        order.sort_by(|&a, &b| {
            let by_size = numbers.as_ref().map(|numbers| numbers[a].total_cmp(&numbers[b]));
            let by_alphabet = self.classes[a].name.cmp(&self.classes[b].name);
            by_size.map_or(by_alphabet, |by_size| by_size.then(by_alphabet))
        });
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, &old)| place[old] = new as u8);
        let of_row = self.of_row.iter().map(|&class| place[usize::from(class)]).collect();
        let classes: Vec<&Class> = order.iter().map(|&class| &self.classes[class]).collect();
        let names = classes.iter().map(|class| class.name.clone()).collect();
        Ok(Classes { names, of_row, remarks: remarks(&self.column, rows, &classes) })
    }
}

/// One spelling for all spellings of a number that mean nothing but the number: 1 for 1.0. Others are left as they are,
/// since 007 may be an agent, 1e3 a code, and of more than 15 digits the last would not count.
fn plain_number(text: &str) -> Option<String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_whole = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let leads_with_zero = whole.len() > 1 && whole.starts_with('0');
    if !is_whole(whole) || !is_whole(fraction) || leads_with_zero || digits.len() > 16 || whole.len() > 15 {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let sign = if text.starts_with('-') && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// The classes with their counts, and what may be wrong with them.
fn remarks(column: &str, rows: usize, classes: &[&Class]) -> Vec<String> {
    let count = |class: &&Class| format!("{} {}", shown(&class.name), thousands(class.rows));
    let mut counts = classes.iter().take(NAMED).map(count).collect::<Vec<_>>().join(", ");
    if classes.len() > NAMED {
        counts += &format!(" and {} more", classes.len() - NAMED);
    }
    let mut remarks = vec![format!("classes of {column} with their rows: {counts}")];
    for class in classes.iter().filter(|class| !class.others.is_empty()) {
        let one = format!("class {} of {column} is also written {}", shown(&class.name), listed(&class.others));
        remarks.push(one);
    }
    let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for class in classes {
        alike.entry(without_dress(&class.name)).or_default().push(class.name.clone());
    }
    for names in alike.values().filter(|names| names.len() > 1) {
        let word = if names.len() == 2 { "two" } else { "several" };
        let differ = "differ only in case, blanks or a full stop";
        remarks.push(format!("{} {differ}, and are {word} classes", listed(names)));
    }
    if let Some(largest) = classes.iter().max_by_key(|class| class.rows)
        && largest.rows as f64 > LOPSIDED * rows as f64
    {
        let share = percent(largest.rows as f64 / rows as f64);
        remarks.push(format!("to say {} always is right on {share} of the rows", shown(&largest.name)));
    }
    remarks
}

/// A name without what a slip of the finger changes.
fn without_dress(name: &str) -> String {
    let letters: String = name.to_lowercase().split_whitespace().collect();
    letters.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(texts: &[&str]) -> Result<Classes, CsvError> {
        let mut labels = Labels::new("k");
        texts.iter().zip(2..).try_for_each(|(text, line)| labels.read(text, line))?;
        labels.finish()
    }

    fn names(texts: &[&str]) -> Vec<String> {
        classes(texts).expect("two classes").names
    }

    #[test]
    fn only_plain_spellings_of_one_number_are_one_class() {
        let merged = classes(&["1", "2", "1.0", "1.00", "-0", "0", "2.50", "2.5"]).expect("four classes");
        assert_eq!(merged.names, ["0", "1", "2", "2.5"]);
        assert_eq!(merged.of_row, [1, 2, 1, 1, 0, 0, 3, 3]);
        assert!(merged.remarks.iter().any(|it| it == "class \"1\" of \"k\" is also written \"1.0\", \"1.00\""));
        assert_eq!(names(&["1E3", "1000", "007", "7", "+7", "7."]), ["+7", "007", "7", "7.", "1000", "1E3"]);
        let long = ["1234567890123456", "1234567890123456.0", "0.1234567890123456", "0.12345678901234560"];
        assert_eq!(names(&long).len(), 4, "sixteen digits are more than a number holds");
    }

    #[test]
    fn classes_are_in_the_order_a_reader_expects() {
        assert_eq!(names(&["10", "9", "-1"]), ["-1", "9", "10"]);
        assert_eq!(names(&["10", "9", "b"]), ["10", "9", "b"]);
    }

    #[test]
    fn missing_labels_are_counted_and_refused() {
        let error = classes(&["a", "NA", "b", "", "?", "n/a", "None", "NULL", "nan"]).expect_err("seven are missing");
        let message = format!("{error}; {}", error.hint());
        assert!(
            ["7 of 9 rows", "line 3", "\"NA\"", "--drop-missing"].iter().all(|it| message.contains(it)),
            "{message}"
        );
        assert_eq!(names(&["no", "nothing"]), ["no", "nothing"]);
    }

    #[test]
    fn classes_are_told_with_their_counts_and_what_may_be_wrong_with_them() {
        let told = classes(&["True", "true", "TRUE", ">50K", ">50K.", "> 50k", "x"]).expect("classes").remarks;
        assert_eq!(
            told,
            [
                "classes of \"k\" with their rows: \"> 50k\" 1, \">50K\" 1, \">50K.\" 1, \"TRUE\" 1, \"True\" 1, \
                 \"true\" 1, \"x\" 1",
                "\"> 50k\", \">50K\", \">50K.\" differ only in case, blanks or a full stop, and are several classes",
                "\"TRUE\", \"True\", \"true\" differ only in case, blanks or a full stop, and are several classes",
            ]
        );
        let lopsided: Vec<&str> = std::iter::repeat_n("fine", 99).chain(["fraud"]).collect();
        let told = classes(&lopsided).expect("two classes").remarks;
        assert_eq!(told[1], "to say \"fine\" always is right on 99.0 % of the rows");
        assert_eq!(classes(&["a", "b", "a"]).expect("two classes").remarks.len(), 1);
    }
}
