//! The three ways to write query budgets: `10,30,100`, `10..10000`, `10..10000/13`.

use super::PlanError;

const FLAG: &str = "--budgets";
const FORMS: &str = "write a list (10,30,100), a range (10..10000) or a range with a count (10..10000/13)";
/// The most queries a student may ask: past this the points alone fill a laptop's memory.
const MOST: usize = 100_000;
const MOST_BUDGETS: usize = 100;
/// Points per decade where a range names no count.
const PER_DECADE: f64 = 4.0;

/// Reads budgets: at least one, rising, each once.
pub(super) fn parse(text: &str) -> Result<Vec<usize>, PlanError> {
    let refuse = |problem: String, cure: &str| Err(PlanError::new(FLAG, text, problem, cure));
    let Some((first, rest)) = text.split_once("..") else {
        let mut list = text.split(',').map(|part| number(text, part)).collect::<Result<Vec<_>, _>>()?;
        list.sort_unstable();
        list.dedup();
        return count_checked(text, list);
    };
    let (last, count) = match rest.split_once('/') {
        None => (rest, None),
        Some((last, count)) => match count.trim().parse() {
            Ok(count @ 2..=MOST_BUDGETS) => (last, Some(count)),
            _ => return refuse(format!("{count:?} is not a count from 2 to {MOST_BUDGETS}"), "write 10..10000/13"),
        },
    };
    let (first, last) = (number(text, first)?, number(text, last)?);
    if first >= last {
        let cure = if first > last { format!("write {last}..{first}") } else { format!("write {first} alone") };
        return refuse("the range does not rise".to_owned(), &cure);
    }
    count_checked(text, spaced(first, last, count))
}

/// Budgets from `first` to `last`, even in the logarithm, rounded, each once.
pub(super) fn spaced(first: usize, last: usize, count: Option<usize>) -> Vec<usize> {
    let (low, high) = (first as f64, last as f64);
    let gaps = count.map_or_else(|| ((high / low).log10() * PER_DECADE).ceil(), |count| (count - 1) as f64).max(1.0);
    let at = |i: usize| (low * (high / low).powf(i as f64 / gaps)).round() as usize;
    let mut budgets: Vec<usize> = (0..=gaps as usize).map(at).collect();
    budgets.dedup();
    budgets
}

fn number(text: &str, part: &str) -> Result<usize, PlanError> {
    let part = part.trim();
    let refuse = |problem: String, cure: String| Err(PlanError::new(FLAG, text, problem, cure));
    if part.is_empty() {
        return refuse("a number is missing".to_owned(), FORMS.to_owned());
    }
    // Digits too long for any integer are still a number, and far too large.
    if part.bytes().all(|byte| byte.is_ascii_digit()) {
        return match part.parse() {
            Ok(0) => refuse("a budget is at least 1 query".to_owned(), "leave out the 0".to_owned()),
            Ok(budget) if budget <= MOST => Ok(budget),
            _ => refuse(format!("{part} queries are too many"), format!("stay at or below {MOST}")),
        };
    }
    match part.parse::<f64>() {
        Ok(value) if value < 0.0 => refuse(format!("{part} is negative"), FORMS.to_owned()),
        _ => refuse(format!("{part:?} is not a whole number"), FORMS.to_owned()),
    }
}

fn count_checked(text: &str, budgets: Vec<usize>) -> Result<Vec<usize>, PlanError> {
    if budgets.len() > MOST_BUDGETS {
        let problem = format!("{} budgets are too many", budgets.len());
        return Err(PlanError::new(FLAG, text, problem, format!("name at most {MOST_BUDGETS}")));
    }
    Ok(budgets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_forms() {
        assert_eq!(parse("100, 10,30,10").unwrap(), [10, 30, 100]);
        // Four per decade: 10^(1, 1.25, 1.5, 1.75, 2).
        assert_eq!(parse("10..100").unwrap(), [10, 18, 32, 56, 100]);
        let headline = [10, 18, 32, 56, 100, 178, 316, 562, 1000, 1778, 3162, 5623, 10000];
        assert_eq!(parse("10..10000/13").unwrap(), headline);
        assert_eq!(parse("10..10000").unwrap(), headline);
        assert_eq!(parse("1..4/100").unwrap(), [1, 2, 3, 4]);
    }

    #[test]
    fn refusals_say_what_and_how() {
        let cases = [
            ("0", "at least 1"),
            ("10,0", "at least 1"),
            ("-5", "negative"),
            ("", "missing"),
            ("10,,30", "missing"),
            ("100..10", "does not rise"),
            ("10..10", "does not rise"),
            ("ten", "not a whole number"),
            ("1e3", "not a whole number"),
            ("nan", "not a whole number"),
            ("10..", "missing"),
            ("10..100/1", "count"),
            ("10..100/x", "count"),
            ("100001", "too many"),
            ("99999999999999999999999999", "too many"),
        ];
        for (text, problem) in cases {
            let error = parse(text).expect_err(text);
            assert!(error.to_string().contains(problem) && !error.hint().is_empty(), "{error}");
        }
        let many: Vec<String> = (1..=101).map(|n| n.to_string()).collect();
        assert!(parse(&many.join(",")).is_err());
    }
}
