//! The spine of the page: the claims of the news in the order in which they are told, and what a reader guesses first.
//!
//! Only what is asked stands here. What was found comes from the findings.

/// One chapter: a claim, the experiment that tries its mechanism, and a guess to make before looking.
pub(super) struct Claim {
    /// The experiment.
    pub(super) experiment: &'static str,
    /// The claim, in the words of the news where they are quoted.
    pub(super) claim: &'static str,
    /// The experiment in plain words.
    pub(super) lead: &'static str,
    /// What the reader is to guess.
    pub(super) prompt: &'static str,
    /// Where the truth of the guess stands.
    pub(super) ask: Ask,
}

/// Where the truth of a guess stands in a finding.
pub(super) enum Ask {
    /// A curve of a figure, beside another one that is given.
    Curve { figure: &'static str, actor: &'static str, given: Option<&'static str>, unit: &'static str },
    /// The heights of a figure's curves at one place, or at the nearest that they share; of small charts, those of each
    /// row there.
    Heights { figure: &'static str, at: f64, but: &'static [&'static str] },
    /// In how many replicates, the discs of a figure, something is so for each of its rows.
    Replicates { figure: &'static str },
    /// The amounts of a figure's group: the one that the finding's title speaks of.
    Amounts { figure: &'static str },
    /// After how many steps each of a figure's curves drops.
    Drops { figure: &'static str },
}

impl Ask {
    /// The figure that holds the truth.
    pub(super) fn figure(&self) -> &'static str {
        match self {
            Self::Curve { figure, .. } | Self::Heights { figure, .. } => figure,
            Self::Amounts { figure } | Self::Drops { figure } | Self::Replicates { figure } => figure,
        }
    }
}

/// All chapters, in reading order.
pub(super) const SPINE: [Claim; 10] = [
    Claim {
        experiment: "budget",
        claim: "“A smaller model learns by repeatedly querying a larger one”",
        lead: "The teacher has learned a task from many labelled examples. The student never sees a label. It asks \
               the teacher about one point after another, learns from the answers alone, and then sits an exam of \
               points that neither of them has met. What counts is how often the two agree.",
        prompt: "How often will a student agree with its teacher that sees a probability for every class?",
        ask: Ask::Curve { figure: "agreement", actor: "probabilities", given: None, unit: "queries" },
    },
    Claim {
        experiment: "cost",
        claim: "“At a fraction of the cost”",
        lead: "Labels have a price, queries have one, and so has computing. Here they are counted for the teacher, \
               for a student that asks it, and for the same student that buys true labels instead.",
        prompt: "What does it cost until the student agrees with the teacher on 95 of 100 points?",
        ask: Ask::Amounts { figure: "cost" },
    },
    Claim {
        experiment: "capacity",
        claim: "“On less powerful hardware”",
        lead: "Students of several sizes ask the same teacher the same queries. If a small one disagrees, has it \
               asked too little, or is it too small to follow?",
        prompt: "How far does each width get with the largest number of queries?",
        ask: Ask::Heights { figure: "agreement", at: f64::INFINITY, but: &["truth"] },
    },
    Claim {
        experiment: "queries",
        claim: "Which queries were asked",
        lead: "Asking costs, so a copier will choose. It can ask what comes along, spread its queries evenly, go \
               where it is in doubt, or mix these.",
        prompt: "How far does each way of asking get with 100 queries?",
        ask: Ask::Heights { figure: "agreement-probabilities", at: 100.0, but: &["truth"] },
    },
    Claim {
        experiment: "surface",
        claim: "What an API reveals, and what its owner can hide",
        lead: "A provider need not show all it knows. It can round its probabilities, blur them, or name its first \
               choice only. Each may cost the copier something, and each may cost honest \
               customers something. Which costs whom more?",
        prompt: "The curve of a copier that sees probabilities is given. How far behind is one that sees labels only?",
        ask: Ask::Curve { figure: "agreement", actor: "label", given: Some("probabilities"), unit: "queries" },
    },
    Claim {
        experiment: "open-base",
        claim: "“Open-source models” were used",
        lead: "Somebody has published a model that knows a similar task. A student may start from it instead of from \
               nothing, and then ask.",
        prompt: "The curve of a student from scratch is given. How much does a public model carry it ahead?",
        ask: Ask::Curve { figure: "open-base", actor: "base-teacher", given: Some("probabilities"), unit: "queries" },
    },
    Claim {
        experiment: "guard",
        claim: "“Unusual data extraction” detected, “accounts blocked”",
        lead: "The provider now watches. Its detectors see what an account asks and what it gets, and may close a \
               small share of honest accounts by mistake, not more.",
        prompt: "What share of each copier's accounts is closed after 400 queries?",
        ask: Ask::Heights { figure: "noticed", at: 400.0, but: &[] },
    },
    Claim {
        experiment: "evidence",
        claim: "“No direct evidence”",
        lead: "Somebody sells a model that does what yours does. You hold your own and may ask theirs. Models that \
               learned the same task by themselves make many of the same mistakes, so agreement alone proves nothing: \
               it has to be more than independent models show.",
        prompt: "What share of the copies is rightly accused, as their owner asks them more?",
        ask: Ask::Curve { figure: "power", actor: "probabilities", given: None, unit: "probes" },
    },
    Claim {
        experiment: "identity",
        claim: "A copy that gives the original's name as its own",
        lead: "These teachers talk, in a tiny language of their own. Students learn to talk from a teacher's replies, \
               or from other text, and are then asked who they are.",
        prompt: "In what share of the replicates does each student give its teacher's name?",
        ask: Ask::Replicates { figure: "name" },
    },
    Claim {
        experiment: "hidden-width",
        claim: "What else an API shows",
        lead: "An answer that lists a probability for every word shows more than it seems to. Stack many answers into \
               a table: however many words there are, its rows differ in at most one way more than the network has \
               units in its last layer.",
        prompt: "In how many independent ways do the answers of each teacher differ?",
        ask: Ask::Drops { figure: "spectrum" },
    },
];
