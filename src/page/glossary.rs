//! What the names of actors mean, in a few plain words: a reader of the page has not read the sources.

/// The name of an actor in plain words; nothing for names that speak for themselves.
pub(super) fn plain(actor: &str) -> Option<&'static str> {
    Some(match actor {
        "natural" => "what comes along",
        "as-one-customer" => "what one customer would ask",
        "as-customers" => "what customers ask, mixed",
        "uniform" => "anything at all, evenly",
        "k-center" => "far from all it asked before",
        "margin" => "where its two best answers are close",
        "entropy" => "where it is unsure among all answers",
        "k-center-margin" => "far from all it asked, and in doubt",
        "jacobian" => "its queries pushed along its own slopes",
        "letters" => "signs that are no digits",
        _ => return None,
    })
}
