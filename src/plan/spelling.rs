//! Settings as text: the one spelling in which a plan names its flags.

use crate::nn::Recipe;

/// A setting under the name of its flag.
#[derive(Clone)]
pub(super) struct Flag {
    pub(super) name: &'static str,
    /// Whether it was given, even as the default.
    pub(super) said: bool,
    /// Whether it makes the plan another one than silence.
    pub(super) differs: bool,
    pub(super) value: String,
}

/// Flags as a shell takes them, each after a blank.
pub(super) fn spelled<'a>(flags: impl Iterator<Item = &'a Flag>) -> String {
    flags
        .filter(|flag| flag.differs)
        .map(|Flag { name, value, .. }| match value.as_str() {
            "" => format!(" {name}"),
            value => format!(" {name} {}", quote(value)),
        })
        .collect()
}

/// Flags and values one by one, each value in one piece with its flag.
pub(super) fn arguments(flags: &[Flag]) -> Vec<String> {
    let one = |Flag { name, value, .. }: &Flag| match value.as_str() {
        "" => (*name).to_owned(),
        value => format!("{name}={value}"),
    };
    flags.iter().filter(|flag| flag.differs).map(one).collect()
}

/// The value of a flag that was given.
pub(super) fn said<'a>(flags: &'a [Flag], name: &str) -> Option<&'a str> {
    flags.iter().find(|flag| flag.said && flag.name == name).map(|flag| flag.value.as_str())
}

/// Numbers as a flag takes them.
pub(super) fn join(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
}

/// Widths of a network, as they are read: 2-16-16-5.
pub(super) fn dash(widths: &[usize]) -> String {
    widths.iter().map(usize::to_string).collect::<Vec<_>>().join("-")
}

/// How a network is trained, in words.
pub(super) fn recipe(recipe: &Recipe) -> String {
    format!("{} steps of {}, rate {}", recipe.steps, recipe.batch, recipe.rate)
}

/// What was given, or nothing.
pub(super) fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

/// A value as a shell takes it.
fn quote(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./,:%+@".contains(c);
    if value.chars().all(plain) { value.to_owned() } else { format!("'{}'", value.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_with_a_blank_survives_the_shell() {
        assert_eq!(quote("my data/it's.csv"), r"'my data/it'\''s.csv'");
        assert_eq!(quote("../data/digits.csv"), "../data/digits.csv");
    }
}
