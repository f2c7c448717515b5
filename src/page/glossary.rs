//! What the names of actors and of kinds of answer mean, in a few plain words: a reader of the page has not read the
//! sources.

/// The name of an actor in plain words; nothing for names that speak for themselves.
pub(super) fn plain(actor: &str) -> Option<&'static str> {
    Some(match actor {
        "natural" => "what comes along",
        "as-one-customer" => "what one customer would ask",
        "as-customers" => "what customers ask, mixed",
        "uniform" => "anything at all, at random",
        "k-center" => "far from all it asked before",
        "margin" => "where its two best answers are close",
        "entropy" => "where it is unsure among all answers",
        "k-center-margin" => "far from all it asked, and in doubt",
        "jacobian" => "earlier queries, pushed to where its own answer turns",
        "letters" => "signs that are no digits",
        "probabilities" => "all probabilities",
        "temperature2" => "probabilities, flattened a little",
        "temperature4" => "probabilities, flattened more",
        "top2" => "the two likeliest classes",
        "rounded1" => "probabilities to one decimal",
        "top-probability" => "the first class and its probability",
        "noisy" => "probabilities with noise",
        "label" => "the first class only",
        "sampled" => "a class drawn by its probability",
        "flipped20" => "one answer in five is swapped",
        _ => return None,
    })
}

/// What a detector looks at, in a line.
pub(super) fn detector(name: &str) -> Option<&'static str> {
    Some(match name {
        "volume" => "how many queries the account has put",
        "confidence" => "how sure the model is of its answers, against what is usual",
        "distance" => "how far the queries lie from those of honest customers",
        "prada" => "whether each query was made from an earlier one: such distances are too even",
        "class-mix" => "whether every class is asked about alike: one customer cares about some more than others",
        "spread" => "whether queries come in many hands: those of one customer are about as noisy as each other",
        _ => return None,
    })
}
