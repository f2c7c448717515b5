//! One thing to try next: the other direction of what was tried, or what the experiment itself suggests.

use distill_lab::experiment::{self, Group};

use super::run_flags;

/// Flags by how much there is to learn from turning them round. A small plan, the seed and the data have no other
/// direction of their own.
const TURNED: [&str; 12] = [
    "--student",
    "--strategy",
    "--answers",
    "--budgets",
    "--teacher",
    "--steps",
    "--price-query",
    "--price-label",
    "--price-pflop",
    "--rate",
    "--teacher-rate",
    "--replicates",
];

/// Commands to try after this run, the best first; `usual` are those that the experiment suggests.
pub(super) fn next(experiment: &str, group: &Group, usual: &[String]) -> Vec<String> {
    let tried = group.arguments();
    let turned = TURNED.iter().find_map(|flag| {
        let value = tried.iter().find_map(|argument| argument.strip_prefix(flag)?.strip_prefix('='))?;
        let others: Vec<String> = tried.iter().filter(|it| it.split('=').next() != Some(flag)).cloned().collect();
        let plain = ordered(experiment, &others)?;
        let other_way = opposite(flag, value, &plain)?;
        let turned = ordered(experiment, &[others, vec![format!("{flag}={other_way}")]].concat())?;
        let command = || format!("distill run {experiment}{} {flag} {other_way}", plain.flags());
        (turned.flags() != group.flags()).then(command)
    });
    let own = format!("distill run {experiment}{}", group.flags());
    let in_full = || {
        let rest: Vec<String> = tried.iter().filter(|it| *it != "--quick").cloned().collect();
        let full = ordered(experiment, &rest).filter(|_| rest.len() < tried.len())?;
        Some(format!("distill run {experiment}{}", full.flags()))
    };
    let rest = usual.iter().filter(|command| **command != own).cloned();
    turned.or_else(in_full).into_iter().chain(rest).collect()
}

/// The plan of these flags, if it is one.
fn ordered(experiment: &str, plan: &[String]) -> Option<Group> {
    let flags = run_flags(experiment, plan).ok()?;
    Some(Group::sort(&[experiment::experiment(experiment)?], &flags.request()).ok()?.remove(0))
}

/// A value on the other side of what is so without the flag.
fn opposite(flag: &str, value: &str, plain: &Group) -> Option<String> {
    match flag {
        "--strategy" => Some(if value == "uniform" { "k-center-margin" } else { "uniform" }.to_owned()),
        "--answers" if setting(plain, "data")? == "chat" => {
            Some(if value.contains("log") { "text" } else { "log-probabilities" }.to_owned())
        }
        "--answers" => Some(if value.contains("prob") { "label" } else { "probabilities" }.to_owned()),
        "--budgets" => {
            let most = |list: &str| list.rsplit(',').next()?.parse::<usize>().ok();
            let (tried, usual) = (most(value)?, most(setting(plain, "budgets")?.as_str())?);
            let other = if tried < usual { usual * 3 } else { usual / 10 };
            (other > 10 && tried != usual).then(|| format!("10..{other}"))
        }
        "--student" | "--teacher" => {
            // A setting names the whole network, inputs and classes with it.
            let whole = setting(plain, &flag[2..])?;
            let hidden: Vec<usize> = whole.split('-').map(|width| width.parse().ok()).collect::<Option<_>>()?;
            let hidden = hidden.get(1..hidden.len() - 1)?;
            let tried: usize = value.split(',').filter_map(|width| width.trim().parse::<usize>().ok()).sum();
            let usual: usize = hidden.iter().sum();
            let other = |&width: &usize| if tried < usual { width * 4 } else { width.div_ceil(4) }.to_string();
            (tried != usual).then(|| hidden.iter().map(other).collect::<Vec<_>>().join(","))
        }
        "--replicates" => {
            let (tried, usual) = (value.parse::<usize>().ok()?, plain.replicates());
            (tried < usual).then(|| (2 * usual).to_string())
        }
        _ => {
            let usual = usual_amount(flag, plain)?;
            let tried: f64 = value.parse().ok()?;
            let other = if tried < usual { usual * 4.0 } else { usual / 4.0 };
            let other = if flag == "--steps" { other.ceil() } else { other };
            (tried != usual).then(|| other.to_string())
        }
    }
}

/// What an amount is without its flag: "1500 steps of 128, rate 0.01", "$0.05 a label, $5 …".
fn usual_amount(flag: &str, plain: &Group) -> Option<f64> {
    let text = match flag {
        "--steps" | "--rate" => setting(plain, "student training")?,
        "--teacher-rate" => setting(plain, "teacher training")?,
        _ => return price(flag),
    };
    if flag == "--steps" { text.split(' ').next()?.parse().ok() } else { text.rsplit(' ').next()?.parse().ok() }
}

/// What the three prices are where nobody says.
fn price(flag: &str) -> Option<f64> {
    let usual = distill_lab::plan::Prices::default();
    match flag {
        "--price-label" => Some(usual.label),
        "--price-query" => Some(usual.query),
        "--price-pflop" => Some(usual.pflop),
        _ => None,
    }
}

fn setting(group: &Group, name: &str) -> Option<String> {
    group.settings().into_iter().find(|(other, _)| other == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(line: &str) -> String {
        let (experiment, flags) = line.split_once(' ').unwrap_or((line, ""));
        let plan: Vec<String> = flags.split_whitespace().map(str::to_owned).collect();
        let group = ordered(experiment, &plan).expect(line);
        let usual = ["distill run budget --student 4,4".to_owned(), "distill run budget --seed 1".to_owned()];
        next(experiment, &group, &usual).remove(0)
    }

    #[test]
    fn what_was_made_smaller_is_offered_larger_and_the_other_way_round() {
        for (tried, offered) in [
            ("budget", "distill run budget --student 4,4"),
            ("budget --student=4,4", "distill run budget --student 64,64"),
            ("budget --student=64,64", "distill run budget --student 4,4"),
            ("budget --quick --student=4,4", "distill run budget --quick --student 64,64"),
            ("budget --steps=100", "distill run budget --steps 6000"),
            ("budget --steps=9000", "distill run budget --steps 375"),
            ("budget --answers=label", "distill run budget --answers probabilities"),
            ("budget --answers=probabilities", "distill run budget --answers label"),
            ("budget --strategy=uniform", "distill run budget --strategy k-center-margin"),
            ("budget --strategy=entropy", "distill run budget --strategy uniform"),
            ("budget --budgets=10..1000", "distill run budget --budgets 10..30000"),
            ("budget --budgets=10..30000", "distill run budget --budgets 10..1000"),
            ("budget --quick", "distill run budget"),
            ("cost --price-query=500", "distill run cost --price-query 1.25"),
            ("identity --answers=log-probabilities", "distill run identity --answers text"),
        ] {
            assert_eq!(after(tried), offered, "{tried}");
        }
        // The suggestion of the experiment is no news to a user who has just done it.
        assert_eq!(after("budget --seed=1"), "distill run budget --student 4,4");
    }
}
