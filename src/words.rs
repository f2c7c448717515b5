//! Numbers and names as a reader wants them: 2,500; 95.0 %; "did you mean …?".

/// A whole number with commas: 2,500.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// A number of things: 1 query, 2,500 queries.
pub fn counted(number: usize, thing: &str) -> String {
    several(&thousands(number), thing)
}

/// The same of a number in words: 1 query, about 120 queries, 500 or fewer queries.
pub fn several(number: &str, thing: &str) -> String {
    match (number, thing.strip_suffix('y')) {
        ("1", _) => format!("1 {thing}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {thing}s"),
    }
}

/// A verb after such a number: "1 query reaches", "120 queries reach".
pub fn does(number: &str, verb: &str) -> String {
    let ending = if verb.ends_with(['h', 'o']) { "es" } else { "s" };
    if number == "1" { format!("{verb}{ending}") } else { verb.to_owned() }
}

/// A count that is only known roughly, to two significant digits: 2,500 for 2,478.
pub fn about(number: f64) -> String {
    to_digits(number, 2)
}

/// A count to three significant digits: 2,480 for 2,478. For the ends of an interval, which two digits would blur.
pub fn to_three_digits(number: f64) -> String {
    to_digits(number, 3)
}

fn to_digits(number: f64, digits: i32) -> String {
    let unit = 10f64.powi((number.max(1.0).log10().floor() as i32 - digits + 1).max(0));
    thousands(((number / unit).round() * unit) as usize)
}

/// A share as a percentage with one decimal: 95.0 %.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A difference of shares in points with its interval: "8.1 points [7.5, 8.7]".
pub fn points(mean: f64, low: f64, high: f64) -> String {
    format!("{} points [{}, {}]", hundredths(mean), hundredths(low), hundredths(high))
}

/// A share in hundredths, with one decimal: "8.1", "−8.1", and no "−0.0".
pub fn hundredths(share: f64) -> String {
    let text = format!("{:.1}", 100.0 * share);
    if text == "-0.0" { "0.0".to_owned() } else { text.replace('-', "−") }
}

/// An amount of money to two significant digits: $120, $0.52, $0.
pub fn dollars(amount: f64) -> String {
    if amount == 0.0 {
        return "$0".to_owned();
    }
    if amount >= 9.95 {
        return format!("${}", about(amount));
    }
    if amount < 1e-6 {
        return format!("${amount:.1e}");
    }
    // Two digits behind the point, or as many as it takes to see two that are not zero.
    let digits = (1.0 - amount.log10().floor()).max(2.0) as usize;
    format!("${amount:.digits$}")
}

/// A ratio to two significant digits: 200, 31, 2.5, 0.1.
pub fn ratio(value: f64) -> String {
    if value >= 9.95 {
        return about(value);
    }
    let digits = if value >= 0.995 { 1 } else { (1.0 - value.max(1e-12).log10().floor()) as usize };
    format!("{value:.digits$}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// "a", "a and b", "a, b and c".
pub fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A text from outside as a terminal may show it: what would steer the terminal, or turn the direction of writing, is
/// spelled out instead.
pub fn printable(text: &str) -> String {
    let steers = |letter: char| {
        letter.is_control() && letter != '\n' || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut printable = String::with_capacity(text.len());
    for letter in text.chars() {
        if steers(letter) { printable.extend(letter.escape_unicode()) } else { printable.push(letter) }
    }
    printable
}

/// The nearest of some names, by the letters that would have to be typed anew or swapped; `None` where none is near.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    ranked(wrong, known).into_iter().next().filter(|(likeness, _)| *likeness >= 0.6).map(|(_, name)| name)
}

/// The first `count` names, the nearest first, however far they are.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>, count: usize) -> Vec<String> {
    ranked(wrong, known).into_iter().take(count).map(|(_, name)| name.to_owned()).collect()
}

/// Names with their likeness, from 0 to 1, the nearest first.
fn ranked<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<(f64, &'a str)> {
    // A long text is no slip of the finger, and comparing is quadratic in the length.
    let short = |text: &str| text.len() <= 100;
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&wrong.to_lowercase(), &name.to_lowercase());
    let near = known.into_iter().filter(|name| short(name) && short(wrong)).map(|name| (likeness(name), name));
    let mut ranked: Vec<(f64, &str)> = near.collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_one() {
        let told = |number| [counted(number, "query"), counted(number, "true label"), counted(number, "day")];
        assert_eq!(told(1), ["1 query", "1 true label", "1 day"]);
        assert_eq!(told(2_500), ["2,500 queries", "2,500 true labels", "2,500 days"]);
        assert_eq!(["1", "10 or fewer"].map(|number| several(number, "query")), ["1 query", "10 or fewer queries"]);
        assert_eq!([does("1", "reach"), does("1", "bring"), does("10", "do")], ["reaches", "brings", "do"]);
    }

    #[test]
    fn numbers_for_readers() {
        assert_eq!(
            [thousands(7), thousands(999), thousands(1000), thousands(1234567)],
            ["7", "999", "1,000", "1,234,567"]
        );
        assert_eq!([about(2478.0), about(103.4), about(9.6), about(99.7)], ["2,500", "100", "10", "100"]);
        assert_eq!([to_three_digits(1646.6), to_three_digits(93.4), to_three_digits(3779.0)], ["1,650", "93", "3,780"]);
        assert_eq!(percent(0.9504), "95.0 %");
        assert_eq!([125.4, 9.96, 0.517, 1000.0].map(dollars), ["$130", "$10", "$0.52", "$1,000"]);
        assert_eq!([0.0, 0.0021, 3.2e-8, 2.0].map(dollars), ["$0", "$0.0021", "$3.2e-8", "$2.00"]);
        assert_eq!([204.0, 31.04, 2.548, 5e-3 / 0.05, 0.0021].map(ratio), ["200", "31", "2.5", "0.1", "0.0021"]);
        assert_eq!([0.15, 0.994, 0.996, 4.0, 0.0, 0.0999].map(ratio), ["0.15", "0.99", "1", "4", "0", "0.1"]);
        assert_eq!(points(-0.0814, -0.09, 0.0001), "−8.1 points [−9.0, 0.0]");
        assert_eq!(points(-0.00001, -0.0, 0.0), "0.0 points [0.0, 0.0]");
    }

    #[test]
    fn lists_read_aloud() {
        let words = |n: usize| list(&["a", "b", "c"].map(str::to_owned)[..n]);
        assert_eq!([words(0), words(1), words(2), words(3)], ["", "a", "a and b", "a, b and c"]);
    }

    #[test]
    fn one_thing_and_several() {
        let told = [counted(1, "question"), counted(0, "question"), counted(2_500, "question")];
        assert_eq!(told, ["1 question", "0 questions", "2,500 questions"]);
    }

    #[test]
    fn what_steers_a_terminal_is_spelled_out() {
        assert_eq!(printable("a\u{1b}[2J\r\u{9b}b"), "a\\u{1b}[2J\\u{d}\\u{9b}b");
        assert_eq!(printable("fdp.\u{202e}exe"), "fdp.\\u{202e}exe");
        assert_eq!(printable("two\nlines, ü 漢 −"), "two\nlines, ü 漢 −");
    }

    #[test]
    fn a_slip_is_recognised_and_nonsense_is_not() {
        assert_eq!(did_you_mean("probabilties", ["label", "probabilities"]), Some("probabilities"));
        assert_eq!(did_you_mean("Budgte", ["budget", "cost"]), Some("budget"));
        assert_eq!(did_you_mean("mnist", ["spirals", "moons"]), None);
        assert_eq!(nearest("slimmy", ["dax", "slippery", "slimy"], 2), ["slimy", "slippery"]);
    }
}
