//! Sentences of the first chapters: what queries buy, what they cost, which ones, and what an answer shows.

use crate::finding::Amount;
use crate::page::facts::{Facts, number};
use crate::page::glossary::plain;
use crate::words::{about, dollars, list, percent, thousands};

/// Three sentences, those that can be said.
type Three = [Option<String>; 3];

const MODEST: f64 = 100.0;

pub(super) fn budget(facts: Facts) -> Three {
    const FIGURE: &str = "agreement";
    let near = |actor| facts.near(FIGURE, actor, MODEST);
    let first = near("probabilities").zip(near("label")).map(|(soft, hard)| {
        format!(
            "With {} queries, a student that sees probabilities agrees with its teacher on {} of new points; one that \
             sees labels only agrees on {}.",
            thousands(soft.x as usize),
            percent(soft.mean),
            percent(hard.mean)
        )
    });
    let level = facts.curves(FIGURE).and_then(|curves| curves.threshold);
    let reached = |actor| facts.reached(FIGURE, actor);
    let second = level.zip(reached("probabilities")).zip(reached("label")).map(|((level, soft), hard)| {
        let truth = reached("truth").map(|labels| format!(", or {labels} true labels and no teacher"));
        format!(
            "{:.0} % agreement takes {soft} queries with probabilities, {hard} with labels only{}.",
            100.0 * level,
            truth.unwrap_or_default()
        )
    });
    let third = facts.reference(FIGURE, "independent").map(|share| {
        let moral = if share > 0.9 { ": high agreement alone is no proof of copying" } else { "" };
        let right = facts
            .teacher_accuracy()
            .map(|right| format!(" Nor does agreeing mean being right: the teacher is right on {right}."));
        let right = right.unwrap_or_default();
        format!("A model of the teacher's size that never met it agrees with it on {}{moral}.{right}", percent(share))
    });
    [first, second, third]
}

pub(super) fn cost(facts: Facts) -> Three {
    let amounts = facts.amounts("cost");
    let group = amounts.and_then(|it| it.groups.iter().find(|group| facts.0.title.starts_with(&group.name)));
    let row = |actor: &str| group?.rows.iter().find(|row| row.actor == actor && !row.open);
    let teacher = amounts.and_then(|it| it.marks.first());
    let (soft, hard, truth) = (row("probabilities"), row("label"), row("truth"));
    let first = group.zip(soft).zip(truth).map(|((group, soft), truth)| {
        let text = |row: &Amount| row.text.replace(" labels)", " true labels)");
        format!(
            "At these prices {} costs {} by asking for probabilities, and {} without a teacher.",
            group.name,
            soft.text,
            text(truth)
        )
    });
    let second = hard.map(|row| format!("If the answers are labels only, it costs {}.", row.text));
    let third = teacher.zip(soft).map(|(teacher, soft)| {
        let cheaper = truth.is_some_and(|truth| truth.value < teacher.value + soft.value);
        let moral = if cheaper {
            ": whoever pays for that too, for one student, does better here without a teacher"
        } else {
            ""
        };
        format!(
            "Somebody paid for the teacher first: {}, {} times what its student pays{moral}.",
            dollars(teacher.value),
            about(teacher.value / soft.value)
        )
    });
    [first, second, third]
}

pub(super) fn capacity(facts: Facts) -> Three {
    let table = &facts.0.table;
    let widths: Vec<&str> = table.rows.iter().filter_map(|row| row.first()).map(String::as_str).collect();
    let Some(most) = table.head.get(2) else { return [None, None, None] };
    let cell = |width: &str, column: &str| facts.cell(&[width], column);
    let size = |width: &&str| number(width).unwrap_or_default();
    let widest = widths.iter().copied().max_by(|a, b| size(a).total_cmp(&size(b)));
    let smallest = widths.iter().copied().min_by(|a, b| size(a).total_cmp(&size(b)));
    let ends = widest.zip(smallest);
    let first = ends.and_then(|(widest, smallest)| {
        let (far, near) = (cell(widest, most)?, cell(smallest, most)?);
        let what = format!("a student {widest} units wide agrees on {far}, one {smallest} units wide on {near}");
        Some(format!("With {most} queries {what}."))
    });
    let second = smallest.and_then(|width| {
        let (queries, steps) = (cell(width, "queries ×4")?, cell(width, "steps ×4")?);
        Some(format!(
            "Four times the queries bring the smallest student to {queries}, four times the training to {steps}."
        ))
    });
    let limited = |by: &str| -> Vec<String> {
        let by_it = |width: &&&str| cell(width, "limited by").is_some_and(|what| what.split(' ').any(|it| it == by));
        widths.iter().filter(by_it).map(|width| (*width).to_owned()).collect()
    };
    let small = limited("size");
    let near = widths.iter().copied().filter(|width| !small.iter().any(|it| it == width));
    let enough = near.min_by(|a, b| size(a).total_cmp(&size(b))).filter(|_| !small.is_empty());
    let third = enough.map(|enough| {
        format!(
            "Neither brings students {} units wide within a point of the widest; one {enough} units wide gets there.",
            list(&small)
        )
    });
    [first, second, third]
}

pub(super) fn queries(facts: Facts) -> Three {
    const KIND: &str = "/probabilities";
    let Some(column) = facts.0.table.head.get(1) else { return [None, None, None] };
    let named = |row: &'_ Vec<String>| -> Option<(String, f64)> {
        let name = row.first()?.strip_suffix(KIND)?.to_owned();
        let share = number(row.get(1)?)?;
        Some((name, share))
    };
    let all: Vec<(String, f64)> = facts.0.table.rows.iter().filter_map(named).collect();
    let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let worst = all.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let natural = all.iter().find(|(name, _)| name == "natural");
    let asks = |name: &str| plain(name).unwrap_or("another way").to_owned();
    let first = best.zip(worst).map(|(best, worst)| {
        format!(
            "After {column} queries the best way to ask ({}) agrees on {:.1} % in the mean, the worst ({}) on {:.1} %.",
            asks(&best.0),
            best.1,
            asks(&worst.0),
            worst.1
        )
    });
    let second = best.zip(natural).filter(|(best, _)| best.0 != "natural").and_then(|(best, _)| {
        let to = |name: &str| facts.cell(&[&format!("{name}{KIND}")], "to 95 %");
        Some(format!(
            "To reach 95 % the best way needs {} queries; asking about what comes along needs {}.",
            to(&best.0)?,
            to("natural")?
        ))
    });
    let third = natural.and_then(|natural| {
        let share = |name: &str| all.iter().find(|it| it.0 == name).map(|it| it.1);
        let (margin, entropy) = (share("margin")?, share("entropy")?);
        Some(format!(
            "Going by doubt alone brings {margin:.1} % ({}) or {entropy:.1} % ({}); what comes along brings {:.1} %.",
            asks("margin"),
            asks("entropy"),
            natural.1
        ))
    });
    [first, second, third]
}

pub(super) fn surface(facts: Facts) -> Three {
    let head = &facts.0.table.head;
    let (Some(early), Some(late)) = (head.get(3), head.get(5)) else { return [None, None, None] };
    let of = |column: &str| {
        let cell = |row: &str| facts.cell(&[row], column);
        cell("probabilities").zip(cell("label")).zip(cell("flipped20"))
    };
    let queries = |column: &str| column.replace("at ", "");
    let first = of(early).map(|((soft, hard), flipped)| {
        format!(
            "After {} queries a copier who sees probabilities agrees on {soft}; with labels only {hard}; with one \
             answer in five swapped {flipped}.",
            queries(early)
        )
    });
    let second = of(late).map(|((soft, hard), flipped)| {
        let all = format!("probabilities bring {soft}, labels only {hard}, one answer in five swapped {flipped}");
        format!("After {} queries {all}.", queries(late))
    });
    let third = of("right").map(|((soft, hard), flipped)| {
        let labels = if soft == hard {
            format!(
                "with labels only they are right as often as with all ({soft}), but cannot see how sure the model is"
            )
        } else {
            format!("they are right in {soft} of cases with probabilities, in {hard} with labels only")
        };
        format!("Customers pay too: {labels}; with one answer in five swapped they are right in {flipped}.")
    });
    [first, second, third]
}

pub(super) fn open_base(facts: Facts) -> Three {
    const FIGURE: &str = "open-base";
    const FEW: f64 = 18.0;
    let base = facts.reference(FIGURE, "base");
    let after = |count: f64| facts.near(FIGURE, "base-teacher", count);
    let first =
        base.map(|share| format!("Before the first query the public model already agrees on {}.", percent(share)));
    let second = base.zip(after(FEW)).map(|(base, few)| {
        let moral = if few.mean < base { "less than before" } else { "more than before" };
        let (queries, share) = (thousands(few.x as usize), percent(few.mean));
        format!("After {queries} answers the student that started from it agrees on {share}, {moral}.")
    });
    let scratch = facts.near(FIGURE, "probabilities", MODEST);
    let third = after(MODEST).zip(scratch).map(|(base, scratch)| {
        format!(
            "With {} queries a student on the public model agrees on {}, one from scratch on {}.",
            thousands(base.x as usize),
            percent(base.mean),
            percent(scratch.mean)
        )
    });
    [first, second, third]
}
