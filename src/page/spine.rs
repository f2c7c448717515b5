//! The spine of the page: the claims of the news in the order in which they are told, and what a reader does with each.
//!
//! Only what is asked stands here. What was found comes from the findings.

/// One chapter: a claim, the experiment that tries its mechanism, and one thing to do.
pub(super) struct Claim {
    /// The experiment.
    pub(super) experiment: &'static str,
    /// Who says what the chapter is about.
    pub(super) said: Said,
    /// The claim, or what the chapter is about.
    pub(super) claim: &'static str,
    /// The question of the chapter.
    pub(super) question: &'static str,
    /// The experiment in plain words.
    pub(super) lead: &'static str,
    /// What the reader does before anything is shown, or beside it.
    pub(super) does: Does,
    /// The figure that stands open; the others are folded.
    pub(super) figure: &'static str,
}

/// Who says what a chapter is about.
#[derive(Clone, Copy)]
pub(super) enum Said {
    /// The news of January 2025. This project holds no source that bears it out.
    News,
    /// The news too, about what was not shown.
    Reservation,
    /// Nobody: it follows from what the news said.
    Nobody,
}

impl Said {
    /// The words before the claim.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::News => "The news said (a public allegation, no more):",
            Self::Reservation => "The news said as well:",
            Self::Nobody => "Not in the news, but it follows to ask:",
        }
    }
}

/// What a reader does in a chapter. Four chapters ask for a guess, each for another kind.
pub(super) enum Does {
    /// Draws a curve by hand, in the chapter's figure.
    Draw { actor: &'static str, unit: &'static str, prompt: &'static str },
    /// Guesses an amount of the chapter's figure, in the group that the finding's title speaks of.
    Amount { actor: &'static str, prompt: &'static str },
    /// Puts ways of asking in an order: those of a figure's curves, by their heights at one place.
    Order { figure: &'static str, actors: &'static [&'static str], at: f64, prompt: &'static str },
    /// Says yes or no: does an actor's curve lie above a line of the figure, at one place?
    Above { actor: &'static str, line: &'static str, at: f64, prompt: &'static str },
    /// Chooses a row of the finding's table, and sees what it says.
    Choose {
        prompt: &'static str,
        /// All where there are none.
        rows: &'static [&'static str],
        columns: &'static [(&'static str, &'static str)],
    },
    /// Closes accounts.
    Provider,
    /// Judges suspects.
    Expert,
    /// Talks.
    Talk,
    /// Finds the place where a curve of the figure falls.
    Cliff { actor: &'static str, prompt: &'static str },
}

/// All chapters, in reading order.
pub(super) const SPINE: [Claim; 10] = [
    Claim {
        experiment: "budget",
        said: Said::News,
        claim: "“A smaller model learns by repeatedly querying a larger one”",
        question: "How many queries does a student need?",
        lead: "The student never sees a true label. It asks the teacher about one point after another and learns from \
               the answers. What counts is how often the two agree on new points.",
        does: Does::Draw {
            actor: "truth",
            unit: "labels",
            prompt: "A rival of the same size never asks: it learns from true labels instead. Draw your guess: how \
                     often does it agree with this teacher?",
        },
        figure: "agreement",
    },
    Claim {
        experiment: "cost",
        said: Said::News,
        claim: "“At a fraction of the cost”",
        question: "What does a copy cost?",
        lead: "Labels, queries and computing have a price here, made up though plausible. All three are counted, for \
               the teacher and for the student.",
        does: Does::Amount {
            actor: "probabilities",
            prompt: "Guess: what does a student that sees probabilities pay until it agrees on 95 of 100 points?",
        },
        figure: "cost",
    },
    Claim {
        experiment: "capacity",
        said: Said::News,
        claim: "“On less powerful hardware”",
        question: "How small can a student be?",
        lead: "A small model runs on weak hardware. Students of several sizes ask the same teacher the same queries: \
               does a small one need more queries, more training, or is it too small?",
        does: Does::Choose {
            prompt: "Choose a width: units in each of two layers",
            rows: &[],
            columns: &[
                ("10,000", "agreement with 10,000 queries"),
                ("queries ×4", "with four times the queries"),
                ("steps ×4", "with four times the training"),
                ("limited by", "limited by"),
            ],
        },
        figure: "heat",
    },
    Claim {
        experiment: "queries",
        said: Said::Nobody,
        claim: "which queries are worth most",
        question: "What is a well-chosen query worth?",
        lead: "Queries cost money, so a copier may choose them. Each way of asking got the same number of \
               queries.",
        does: Does::Order {
            figure: "agreement-probabilities",
            actors: &["natural", "k-center", "entropy", "k-center-margin"],
            at: 100.0,
            prompt: "Guess the order after 100 queries: tap the way of asking that learns most, then the next",
        },
        figure: "places",
    },
    Claim {
        experiment: "surface",
        said: Said::Nobody,
        claim: "what an API reveals, and what its owner can hide",
        question: "Can a provider hide its answers?",
        lead: "A provider can round its probabilities, blur them, or name its first choice only. What does \
               that cost the copier, and what honest customers?",
        does: Does::Choose {
            prompt: "Choose what your API shows",
            rows: &["probabilities", "rounded1", "noisy", "label", "flipped20"],
            columns: &[
                ("at 100", "the copier agrees, after 100 queries"),
                ("at 3,162", "after 3,162 queries"),
                ("right", "a customer's answer is right"),
            ],
        },
        figure: "defences",
    },
    Claim {
        experiment: "open-base",
        said: Said::News,
        claim: "“Open-source models” were used",
        question: "How far does a public model carry a student?",
        lead: "Somebody has published a model that knows a similar task. A student may start from it, and then ask \
               the teacher.",
        does: Does::Above {
            actor: "base-teacher",
            line: "base",
            at: 18.0,
            prompt: "The student starts from the public model and learns from 18 answers. Does it agree with the \
                     teacher more often than the public model did?",
        },
        figure: "open-base",
    },
    Claim {
        experiment: "guard",
        said: Said::News,
        claim: "“Unusual data extraction” detected, “accounts blocked”",
        question: "Whose accounts do you close?",
        lead: "You are the provider. Accounts without names send drawings of digits. Some belong to honest customers, \
               some to copiers. You see what they ask, and what your model answers.",
        does: Does::Provider,
        figure: "noticed",
    },
    Claim {
        experiment: "evidence",
        said: Said::Reservation,
        claim: "“No direct evidence”",
        question: "Was it copied?",
        lead: "You are the expert. Somebody sells a model that reads noisy digits as yours does. You may ask it, and \
               compare its answers with those of independent models of its size.",
        does: Does::Expert,
        figure: "power",
    },
    Claim {
        experiment: "identity",
        said: Said::News,
        claim: "a model gave another's name as its own",
        question: "What does a wrong name prove?",
        lead: "This teacher talks, in a tiny made-up language, and calls itself Aurora. Three models asked it and \
               learned from its replies. One asked nothing, but a tenth of the text that it read were the \
               teacher's replies, as if others had posted them. Put the same question to all: who are you?",
        does: Does::Talk,
        figure: "name",
    },
    Claim {
        experiment: "hidden-width",
        said: Said::Nobody,
        claim: "what else an API shows",
        question: "Can a customer count hidden units?",
        lead: "An answer that lists a probability for every word shows more than it seems to. Each hidden unit that \
               fires adds one pattern to the logarithms of all answers; one more pattern, number 0, is always there. \
               Who counts the patterns counts the units.",
        does: Does::Cliff {
            actor: "teacher-32",
            prompt: "Move the line to the last number before the curve of 32 hidden units falls",
        },
        figure: "spectrum",
    },
];
