//! "Did you mean …?": the nearest of some names, by the letters that would have to be typed anew or swapped.

/// `, did you mean …?` for the nearest of `names`, or nothing where none is near.
pub(super) fn did_you_mean<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&wrong.to_lowercase(), &name.to_lowercase());
    // A long text from the file is no slip of the finger, and comparing is quadratic in the length.
    let short = |text: &str| text.len() <= 100;
    let near = names.filter(|name| short(name) && short(wrong)).map(|name| (likeness(name), name));
    match near.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((likeness, name)) if likeness >= 0.6 => format!(", did you mean {name}?"),
        _ => String::new(),
    }
}
