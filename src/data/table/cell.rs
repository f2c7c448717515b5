//! One cell: the number in it, or what it looks like instead.

/// What a cell of a numeric column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// A number.
    Number(f64),
    /// A number if the comma in it is a decimal one; `surely` where it cannot separate thousands.
    Comma {
        /// That number.
        value: f64,
        /// Whether the comma is no separator of thousands.
        surely: bool,
    },
    /// No number.
    Other(Looks),
}

/// What a cell that is no number looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Looks {
    Missing,
    TooLarge,
    Comma,
    Grouped,
    Unit,
    Date,
    YesOrNo,
    Text,
}

impl Looks {
    /// What to say of it, after the cell itself.
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Missing => "is a missing value",
            Self::TooLarge => "is not a finite number below 3.4e38",
            Self::Comma => "has a comma that may be a decimal one or separate thousands",
            Self::Grouped => "is not a number: it looks like one with separators of thousands",
            Self::Unit => "is not a number: it looks like one with a sign or a unit",
            Self::Date => "is not a number: it looks like a date or a time",
            Self::YesOrNo => "is not a number: it looks like a yes or no",
            Self::Text => "is not a number",
        }
    }

    /// What to do about it.
    pub(super) fn cure(self) -> &'static str {
        match self {
            Self::Missing => {
                "--drop-missing leaves out such rows; or fill it in (with the column's mean, say) or remove the row"
            }
            Self::TooLarge => "put a number there or remove the row",
            Self::Comma | Self::Grouped => "write all numbers with a decimal point and without separators of thousands",
            Self::Unit => "keep the number alone: a unit belongs in the column's name",
            Self::Date => "write it as a number (the days since a first one, say) or remove the column",
            Self::YesOrNo => "write 1 and 0",
            Self::Text => "correct the cell, or remove the row, or the column if it is no measurement",
        }
    }
}

/// Whether a trimmed cell says that there is nothing in it.
pub(super) fn is_missing(cell: &str) -> bool {
    ["", "na", "n/a", "nan", "null", "none", "?", "#n/a", "<na>"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Whether a cell would be read as a number.
pub(super) fn is_number(cell: &str) -> bool {
    !matches!(read(cell.trim()), Cell::Other(_))
}

/// Reads a trimmed cell.
pub(super) fn read(cell: &str) -> Cell {
    if is_missing(cell) {
        return Cell::Other(Looks::Missing);
    }
    match cell.parse::<f64>() {
        // Beyond single precision, in which networks compute, even a standardised column could overflow.
        Ok(number) if number.abs() <= f64::from(f32::MAX) => Cell::Number(number),
        Ok(_) => Cell::Other(Looks::TooLarge),
        Err(_) => with_comma(cell).unwrap_or_else(|| Cell::Other(looks(cell))),
    }
}

/// 2,602 and -0,5e3: thousands come in threes behind one to three digits that do not begin with 0.
fn with_comma(cell: &str) -> Option<Cell> {
    let (whole, fraction) = cell.split_once(',')?;
    let digits = whole.trim_start_matches(['+', '-']);
    let is_whole = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole(digits) || !fraction.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = format!("{whole}.{fraction}").parse().ok().filter(|value: &f64| value.abs() <= f64::from(f32::MAX))?;
    let thousands = digits.len() <= 3 && !digits.starts_with('0') && fraction.len() == 3 && is_whole(fraction);
    Some(Cell::Comma { value, surely: !thousands })
}

fn looks(cell: &str) -> Looks {
    let is_digit = |c: char| c.is_ascii_digit();
    if ["true", "false", "yes", "no", "t", "f", "y", "n", "on", "off"]
        .iter()
        .any(|word| cell.eq_ignore_ascii_case(word))
    {
        return Looks::YesOrNo;
    }
    if !cell.starts_with(|c: char| c.is_ascii_digit() || "+-.$€£¥<>~≤≥".contains(c)) || !cell.contains(is_digit)
    {
        return Looks::Text;
    }
    let day = cell.split([' ', 'T']).next().unwrap_or(cell);
    let in_three = |separators: &[char], widths: fn(usize) -> bool| {
        let parts: Vec<&str> = day.split(separators).collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| widths(part.len()) && part.chars().all(is_digit))
    };
    let is_day =
        in_three(&['-', '/', '.'], |width| matches!(width, 1 | 2 | 4)) && day.split(['-', '/', '.']).count() == 3;
    if is_day || in_three(&[':'], |width| matches!(width, 1 | 2)) {
        return Looks::Date;
    }
    let is_group = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '_' | ',' | '.');
    if cell.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit() || is_group(c)) {
        return Looks::Grouped;
    }
    let number = cell.trim_matches(|c: char| !c.is_ascii_digit() && !"+-".contains(c));
    if is_number_shaped(number) { Looks::Unit } else { Looks::Text }
}

fn is_number_shaped(text: &str) -> bool {
    text.parse::<f64>().is_ok() || with_comma(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_everything_else_is_told_apart() {
        for (text, cell) in [
            ("-1.5e3", Cell::Number(-1500.0)),
            ("5412344.829", Cell::Number(5_412_344.829)),
            // Two neighbours of 2³¹ that single precision cannot tell apart.
            ("2147483649", Cell::Number(2_147_483_649.0)),
            ("2,5", Cell::Comma { value: 2.5, surely: true }),
            ("-0,963", Cell::Comma { value: -0.963, surely: true }),
            ("1234,567", Cell::Comma { value: 1234.567, surely: true }),
            ("1,5e3", Cell::Comma { value: 1500.0, surely: true }),
            ("2,602", Cell::Comma { value: 2.602, surely: false }),
        ] {
            assert_eq!(read(text), cell, "{text}");
        }
        for (looks, texts) in [
            (Looks::Missing, &["", "NA", "n/a", "NaN", "NULL", "None", "?"][..]),
            (Looks::TooLarge, &["inf", "-Infinity", "1e39", "-1e400"]),
            (Looks::Grouped, &["1,234,567", "1,234.5", "1.234,5", "1 234", "-1'234.5", "1_000", "1\u{a0}234"]),
            (Looks::Unit, &["5 kg", "12%", "$5", "<0.5", "3.2cm", "12,5 €", "-4 °C"]),
            (Looks::Date, &["2024-03-01", "01/02/2024", "1.2.24", "2024-03-01T12:30", "12:30", "12:30:59"]),
            (Looks::YesOrNo, &["true", "FALSE", "Yes", "n"]),
            (Looks::Text, &["red", "a1", "0x10", "1-2-3-4", "-", "$", ",5"]),
        ] {
            for text in texts {
                assert_eq!(read(text), Cell::Other(looks), "{text}");
            }
        }
    }
}
