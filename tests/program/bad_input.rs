//! Whatever is asked for and whatever stands in a table: a plan, a dataset, or a refusal in words. Never a panic.

use distill_lab::data::{Dataset, Table, TableOptions};
use distill_lab::plan::{ChatPlan, Plan, PlanError, Request};
use distill_lab::seed::Seed;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What somebody typed: words of the language, in no sensible order.
fn typed() -> impl Strategy<Value = String> {
    let pieces = [
        "0",
        "1",
        "10",
        "64",
        "1000",
        "99999999999999999999999",
        "-",
        ".",
        "..",
        "/",
        ",",
        "1e3",
        "0x10",
        "1_000",
        "NaN",
        "inf",
        " ",
        "\0",
        "\u{1b}[31m",
        "é",
        "漢字",
        "probabilities",
        "label",
        "text",
        "natural",
        "letters",
        "spirals",
        "glyphs",
        "chat",
        ".csv",
        "../",
        "http://h",
        "/v2/models/m",
        "'",
        "\"",
    ];
    vec(select(pieces.to_vec()), 0..5).prop_map(|pieces| pieces.concat())
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), select(vec![0.0, -0.0, 0.01, 1.0, 5.0, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE])]
}

fn request() -> impl Strategy<Value = Request> {
    let texts = vec(option::weighted(0.3, typed()), 6);
    let counts = vec(option::weighted(0.3, prop_oneof![0..50usize, any::<usize>()]), 3);
    let numbers = vec(option::weighted(0.2, number()), 5);
    let answers = option::weighted(0.3, vec(typed(), 0..4));
    let remote = vec(option::weighted(0.1, typed()), 2);
    let all = (texts, counts, numbers, answers, remote, any::<bool>());
    all.prop_map(|(texts, counts, numbers, answers, remote, quick)| Request {
        data: texts[0].clone(),
        label: texts[1].clone(),
        drop_missing: quick,
        teacher_url: remote[0].clone(),
        output: remote[1].clone(),
        budgets: texts[2].clone(),
        answers,
        strategy: texts[3].clone(),
        replicates: counts[0],
        seed: counts[1].map(|seed| seed as u64),
        teacher: texts[4].clone(),
        student: texts[5].clone(),
        steps: counts[2],
        rate: numbers[0].map(|rate| rate as f32),
        teacher_rate: numbers[1].map(|rate| rate as f32),
        price_label: numbers[2],
        price_query: numbers[3],
        price_pflop: numbers[4],
        quick,
    })
}

/// A refusal names a flag and says what to do; a plan has budgets that can be asked.
fn sensible(checked: Result<&[usize], &PlanError>) -> Result<(), TestCaseError> {
    match checked {
        Ok(budgets) => prop_assert!(budgets[0] > 0 && budgets.is_sorted_by(|a, b| a < b), "{budgets:?}"),
        Err(error) => prop_assert!(error.to_string().starts_with("--") && !error.hint().is_empty(), "{error:?}"),
    }
    Ok(())
}

/// A table of 24 rows and two classes, as lines of cells.
fn table() -> Vec<Vec<String>> {
    let row = |i: usize| vec![(i * 7 % 11).to_string(), (i * 5 % 13).to_string(), ["red", "blue"][i % 2].to_owned()];
    std::iter::once(["x", "y", "k"].map(str::to_owned).to_vec()).chain((0..24).map(row)).collect()
}

/// What may stand where a number should.
fn cell() -> impl Strategy<Value = String> {
    let cells = [
        "",
        " ",
        "0",
        " 7 ",
        "-0",
        "1e999",
        "-1e38",
        "1e-45",
        "3.4028236e38",
        "0x10",
        "1_000",
        "1,5",
        "\"2\"",
        "\"2",
        "2\"",
        "\"a\nb\"",
        "NaN",
        "inf",
        "red",
        "green",
        "\u{feff}",
        "\u{a0}3",
        "é",
        "\0",
        "\r",
        "\n",
        "\n\n",
        ",",
        ";",
        "\t",
        "#",
        "NA",
        "5 kg",
        "1,234.5",
        "2,5",
    ];
    select(cells.map(str::to_owned).to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_request_is_a_plan_or_a_refusal_with_a_cure(request in request()) {
        let plan = Plan::check(&request);
        sensible(plan.as_ref().map(Plan::budgets))?;
        let plan = ChatPlan::check(&request);
        sensible(plan.as_ref().map(ChatPlan::budgets))?;
    }

    #[test]
    fn any_table_is_read_or_refused_with_a_cure(
        changes in vec((any::<Index>(), any::<Index>(), cell()), 0..4),
        ends in select(vec!["\n", "\r\n", "\r"]),
        cut in option::weighted(0.2, any::<Index>()),
        separator in select(vec![",", ";", "\t", "|", " ", "  "]),
        drop_missing in any::<bool>(),
        label in select(vec![None, Some("k"), Some("x"), Some(""), Some(" k "), Some("nobody")]),
    ) {
        let mut lines = table();
        for (row, column, cell) in changes {
            let row = row.index(lines.len());
            let column = column.index(lines[row].len());
            lines[row][column] = cell;
        }
        let mut text = lines.iter().map(|cells| cells.join(separator)).collect::<Vec<_>>().join(ends).into_bytes();
        if let Some(cut) = cut {
            text.truncate(cut.index(text.len()));
        }
        match Table::read("any", text.as_slice(), TableOptions { label, drop_missing }) {
            Ok(table) => {
                let parts = table.deal(table.defaults().sizes, Seed::new(0));
                for part in [parts.training, parts.pool, parts.test, parts.independent] {
                    prop_assert!(!part.labels.is_empty() && part.points.iter().all(|value| value.is_finite()));
                    prop_assert!(part.labels.iter().all(|&label| label < table.classes().len()));
                }
            }
            Err(error) => prop_assert!(!error.to_string().is_empty() && !error.hint().is_empty()),
        }
    }
}
