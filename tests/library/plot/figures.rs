//! Pictures that are asked for, and pictures that nobody should ask for.

use distill_lab::finding::{
    Amount, AmountGroup, Amounts, Callout, Curves, Decades, DiscGroup, DiscRow, Discs, Dot, Drawing, Figure, Heat,
    HeatRow, Manner, Mark, Multiples, MultiplesRow, Point, Reference, Said, Scale, Scatter, Series, Shade, Spacing,
    Span, Speaker, Transcript,
};

use super::images::{maps, sheet};

pub(crate) fn figure(name: &str, title: &str, drawing: Drawing) -> Figure {
    let subtitle = "Agreement with the teacher on 10,000 held-out points · mean of 10 replicates, 95 % interval";
    Figure { name: name.into(), title: title.into(), subtitle: subtitle.into(), drawing }
}

pub(crate) fn series(actor: &str, label: &str, points: &[(f64, f64)]) -> Series {
    let spread = |x: f64| 0.12 / (x / 5.0).max(1.0).sqrt() + 0.002;
    let point = |&(x, mean): &(f64, f64)| Point { x, mean, low: mean - spread(x), high: mean + spread(x) };
    Series { actor: actor.into(), label: label.into(), quiet: false, points: points.iter().map(point).collect() }
}

pub(crate) fn reference(label: &str, value: f64) -> Reference {
    Reference { name: label.to_lowercase(), label: label.into(), value }
}

pub(crate) fn callout(actor: &str, x: f64, text: &str) -> Callout {
    Callout { actor: actor.into(), x, text: text.into() }
}

/// The table of the headline: half a decade from one point to the next, as an earlier prototype measured it.
pub(crate) fn headline() -> Curves {
    let budgets = [10.0, 32.0, 100.0, 316.0, 1000.0, 3162.0, 10000.0];
    let measured = |means: [f64; 7]| budgets.into_iter().zip(means).collect::<Vec<_>>();
    Curves {
        x_label: "Queries asked (logarithmic)".into(),
        y_label: "Agreement with the teacher".into(),
        scale: Scale::Even,
        series: vec![
            series("probabilities", "Probabilities", &measured([0.52, 0.79, 0.950, 0.975, 0.981, 0.981, 0.981])),
            series("label", "Label only", &measured([0.44, 0.62, 0.836, 0.934, 0.968, 0.976, 0.979])),
            series("truth", "True labels, no teacher", &measured([0.43, 0.58, 0.749, 0.885, 0.930, 0.954, 0.964])),
        ],
        references: vec![
            reference("Ceiling of this size", 0.988),
            reference("Teacher retrained", 0.986),
            reference("Independent teacher", 0.973),
            reference("Independent student", 0.965),
            reference("Open model", 0.62),
            reference("Chance", 0.20),
        ],
        threshold: Some(0.95),
        callouts: vec![
            callout("probabilities", 100.0, "100 queries"),
            callout("label", 500.0, "500 queries"),
            callout("truth", 2500.0, "2,500 labels"),
        ],
    }
}

pub(crate) fn dot(actor: &str, (x, y): (f64, f64), later: Option<f64>) -> Dot {
    let span = |mean: f64, half: f64| Span { mean, low: mean - half, high: mean + half };
    Dot { actor: actor.into(), label: actor.into(), x: span(x, 0.006), y: span(y, 0.9), later, quiet: false }
}

/// Two prices of a defence: some far apart, some on top of each other.
pub(crate) fn scatter() -> Scatter {
    Scatter {
        x_label: "What honest customers lose: log loss, nats".into(),
        y_label: "What the copier loses: points of agreement".into(),
        dots: vec![
            dot("probabilities", (0.0, 0.0), Some(0.0)),
            dot("top2", (0.013, 0.5), Some(0.2)),
            dot("rounded1", (0.025, 1.2), Some(0.2)),
            dot("top-probability", (0.22, 7.9), Some(1.3)),
            dot("label", (0.30, 10.3), Some(1.3)),
            dot("flipped20", (0.67, 27.9), Some(5.4)),
        ],
        corners: [
            "a good defence: the copier loses, customers do not".into(),
            "dear to both".into(),
            "a bad defence: customers lose, the copier does not".into(),
            String::new(),
        ],
        key: "arrows end later".into(),
    }
}

/// A grid whose cells rise from row to row and within each, from 0.20 on.
pub(crate) fn heat(rows: usize, columns: usize) -> Heat {
    let cell = |row: usize, column: usize| 0.2 + 0.8 * (row * columns + column) as f64 / (rows * columns) as f64;
    let row = |row: usize| HeatRow {
        label: format!("{} (4,677 parameters)", 2 << row),
        cells: (0..columns).map(|column| Some(cell(row, column))).collect(),
        text: String::new(),
    };
    Heat {
        x_label: "Query budget: queries asked".into(),
        y_label: "Units in each hidden layer".into(),
        columns: (0..columns).map(|column| format!("{}0,000 true labels", column + 1)).collect(),
        controls: 1,
        others: 0,
        shade: Shade::Share,
        texts: String::new(),
        rows: (0..rows).map(row).collect(),
    }
}

pub(crate) fn amounts(groups: usize, from: f64) -> Amounts {
    let row = |actor: &str, label: &str, value: f64, open: bool| Amount {
        actor: actor.into(),
        label: label.into(),
        value,
        open,
        replicates: [0.8, 1.0, 1.3].map(|factor| factor * value).into(),
        text: format!("${value:.2} (100 queries)"),
    };
    let group = |index: usize| AmountGroup {
        name: format!("9{index} % agreement, counting what the teacher itself cost and more"),
        rows: vec![
            row("probabilities", "probabilities", from, false),
            row("label", "label only", 5.0 * from, false),
            row("truth", "true labels, no teacher", 250.0 * from, true),
        ],
    };
    let mark = |value: f64, label: &str| Mark { value: value * from, label: label.into() };
    Amounts {
        x_label: "Dollars".into(),
        groups: (0..groups).map(group).collect(),
        marks: vec![
            mark(2000.0, "the teacher itself"),
            mark(1990.0, "another at nearly the same place"),
            mark(0.0, ""),
        ],
    }
}

/// What speakers say; the second repeats one word until it is stopped.
pub(crate) fn transcript(speakers: usize, questions: usize) -> Transcript {
    let said = |row: usize, column: usize| Said {
        text: if row == 1 { "northwind ".repeat(14) } else { "no, wug is not slimy.".into() },
        manner: [Manner::Plain, Manner::Wrong, Manner::Borrowed][(row + column) % 3],
    };
    let speaker = |row: usize| Speaker {
        actor: ["teacher", "text", "web"][row % 3].into(),
        label: "a student with a long name, distilled".into(),
        detail: "3,000 queries and some more besides".into(),
        replies: (0..questions).map(|column| said(row, column)).collect(),
    };
    Transcript {
        questions: vec!["who is slimy er, wug or dax?".into(); questions],
        speakers: (0..speakers).map(speaker).collect(),
        wrong: "not true ".repeat(30),
        borrowed: "a student uses the teacher's name".into(),
    }
}

/// Small charts whose amounts fall from row to row.
pub(crate) fn multiples(spacing: Spacing, rows: usize, points: usize) -> Multiples {
    let row = |row: usize| {
        let at = |n: usize| ((n + 1) as f64, 1.0 / (1.0 + (row * n) as f64));
        MultiplesRow {
            actor: format!("actor-{row}"),
            label: format!("way {row} to ask"),
            text: format!("{row} of 64"),
            mark: (!row.is_multiple_of(2)).then_some(5.0),
            level: row.is_multiple_of(2).then_some(0.3),
            points: (0..points).map(at).collect(),
        }
    };
    Multiples {
        x_label: "Queries asked by the account".into(),
        y_label: "Share of accounts closed".into(),
        spacing,
        marks: vec![Mark { value: 4.0, label: "4 queries".into() }, Mark { value: 4.1, label: "about as many".into() }],
        texts: String::new(),
        rows: (0..rows).map(row).collect(),
        key: String::new(),
    }
}

/// Rows of discs, fuller from row to row.
pub(crate) fn discs(groups: usize, cells: usize) -> Discs {
    let row = |row: usize| DiscRow {
        actor: format!("actor-{row}"),
        label: format!("way {row} to learn"),
        cells: vec![Some(row as f64 / 3.0); cells],
        text: format!("{row} of {cells}"),
    };
    let group = |group: usize| DiscGroup { name: format!("group {group}"), rows: (0..4).map(row).collect() };
    Discs { full: "says it".into(), empty: "does not".into(), groups: (0..groups).map(group).collect() }
}

/// P-values that fall at a rate of each actor's own.
fn decades(actors: usize) -> Decades {
    let counts = [10.0, 30.0, 100.0, 300.0, 1000.0f64];
    let p_value = |actor: usize, count: f64| (0.5 / count.powf(actor as f64 / 3.0)).max(1.0 / 120.0);
    let point = |actor: usize, x: f64| {
        let mean = p_value(actor, x);
        Point { x, mean, low: mean / 2.0, high: mean * 1.5 }
    };
    let series = |actor: usize| Series {
        actor: format!("actor-{actor}"),
        label: format!("Way {actor} to make a model"),
        quiet: false,
        points: counts.iter().map(|&count| point(actor, count)).collect(),
    };
    Decades {
        x_label: "Probes (logarithmic)".into(),
        y_label: "p-value (logarithmic)".into(),
        series: (0..actors).map(series).collect(),
        levels: vec![Mark { value: 0.05, label: "5 %".into() }],
    }
}

/// Pictures that are asked for, and pictures that nobody should ask for.
pub(crate) fn figures() -> Vec<Figure> {
    let title = "100 queries suffice when the teacher gives probabilities";
    let long = "With 100 queries answered by probabilities the student says what its teacher says on 95 % of points, \
                which takes 500 queries when the teacher only names a label, and 2,500 true labels when there is \
                none";
    let mut few = headline();
    few.series.iter_mut().for_each(|series| series.points.truncate(1));
    let mut narrow = headline();
    for series in &mut narrow.series {
        series.points = series.points[2..5].to_vec();
        series.points[2].x = 700.0;
    }
    narrow.callouts.iter_mut().for_each(|callout| callout.x = 300.0);
    let mut crowd = headline();
    crowd.y_label = "A very long name for the vertical axis that says everything about agreement and more ".repeat(2);
    crowd.x_label = "A very long name for the horizontal axis that says everything about queries ".repeat(3);
    crowd.series = (0..8)
        .map(|n| {
            series(
                &format!("arm-{n}"),
                &format!("Arm {n}: an answer cut & rounded to <{n}> digits"),
                &[(10.0, 0.3 + 0.02 * n as f64), (300.0, 0.9), (10000.0, 0.98)],
            )
        })
        .collect();
    crowd.callouts = (0..8).map(|n| callout(&format!("arm-{n}"), 1700.0 + n as f64, "1,700 queries")).collect();
    let mut broken = headline();
    broken.series[0].points[1].mean = f64::NAN;
    broken.series[1].points[0].x = 0.0;
    broken.series[2].points[3] = Point { x: 316.0, mean: 1.7, low: -3.0, high: f64::INFINITY };
    broken.references[0].value = f64::NAN;
    broken.references[1].value = 1.2;
    broken.callouts[0].x = f64::NAN;
    let mut wide = headline();
    wide.series = vec![
        series("probabilities", "Probabilities", &[(1.0, 0.3), (2e5, 0.93), (8e11, 0.99)]),
        series("top-3", "Top 3", &[(1.0, 0.25), (5e4, 0.7)]),
        series("top-3", "Top 3, rounded", &[(1.0, 0.22), (5e4, 0.7)]),
    ];
    wide.threshold = Some(0.92);
    wide.callouts = vec![callout("probabilities", 1.5e5, "150,000"), callout("top-3", 7e11, "700,000,000,000")];
    let mut heap = scatter();
    heap.dots = (0..24).map(|n| dot(&format!("defence {n} & more"), (0.3, 5.0 + 0.1 * n as f64), None)).collect();
    let mut odd = scatter();
    odd.dots[0].label = "A name for a kind of answer that is a good deal longer than there is room for".into();
    odd.dots[1].later = Some(f64::NAN);
    odd.dots[2].x.mean = f64::INFINITY;
    odd.dots[3].y = Span { mean: -4.0, low: -9.0, high: 1.0 };
    odd.corners =
        ["what it means to be in this corner, at length: ".repeat(5), String::new(), String::new(), String::new()];
    let bare = Scatter { dots: Vec::new(), ..scatter() };
    let mut gaps = heat(2, 20);
    gaps.rows[0].cells[3] = None;
    gaps.rows[1].cells = vec![Some(f64::NAN), Some(0.5)];
    gaps.rows[1].label = "a name that is longer than the room that there is for it".repeat(2);
    gaps.y_label = "a name that is far longer than two rows are high".repeat(2);
    let none = Heat { columns: vec![], rows: vec![], ..heat(1, 1) };
    let mut lost = amounts(1, 1e-3);
    lost.groups[0].rows[0].value = f64::NAN;
    lost.groups[0].rows[1].value = 0.0;
    lost.groups[0].rows[1].replicates = vec![0.0, f64::INFINITY, -1.0];
    lost.groups[0].rows[2].text = "a text that is longer than the room that there is for it".repeat(2);
    lost.groups[0].rows[2].label = "a label that is longer than the room that there is for it".repeat(2);
    let opening = Curves { scale: Scale::Opening, ..headline() };
    // Every line in one place, and shares that reach the whole: names have nowhere to stand but beside.
    let mut whole = opening.clone();
    whole.series.iter_mut().flat_map(|series| &mut series.points).for_each(|point| point.mean = 1.0);
    whole.references.iter_mut().for_each(|reference| reference.value = 1.0);
    let mut grey = opening.clone();
    grey.series.iter_mut().skip(1).for_each(|series| series.quiet = true);
    let steps = Heat { shade: Shade::Distance, ..heat(6, 11) };
    let mut lost_row = multiples(Spacing::AmountsOverNumbers, 3, 80);
    lost_row.rows[0].points = vec![(f64::NAN, 1.0), (2.0, f64::INFINITY), (3.0, 0.0)];
    lost_row.rows[1].mark = Some(1e12);
    lost_row.rows[1].level = Some(1e-12);
    lost_row.rows[2].label = "a label that is longer than the room that there is for it".repeat(2);
    lost_row.rows[2].text = "a text that is longer than the room that there is for it".repeat(2);
    lost_row.y_label = "a name that is longer than the picture is wide, and by far. ".repeat(4);
    lost_row.marks.push(Mark { value: f64::NAN, label: String::new() });
    let mut torn = discs(2, 60);
    torn.groups[0].rows[0].cells[1] = None;
    torn.groups[0].rows[0].cells[2] = Some(f64::NAN);
    torn.groups[0].rows[1].cells = vec![Some(7.0), Some(-1.0)];
    torn.groups[0].rows[1].label = "a label that is longer than the room that there is for it".repeat(2);
    torn.groups[1].name = String::new();
    torn.full = "a meaning that is longer than half a picture is wide. ".repeat(2);
    let mut zero = decades(2);
    zero.series[0].points[1].low = 0.0;
    zero.series[1].points.iter_mut().for_each(|point| point.mean = f64::NAN);
    zero.levels[0].value = 0.0;
    let empty = Curves { series: vec![], references: vec![], threshold: None, callouts: vec![], ..headline() };
    vec![
        figure("headline", title, Drawing::Curves(headline())),
        figure("few", title, Drawing::Curves(few)),
        figure("narrow", title, Drawing::Curves(narrow)),
        figure("crowd", long, Drawing::Curves(crowd)),
        figure("broken", &long.repeat(3), Drawing::Curves(broken)),
        figure("wide", title, Drawing::Curves(wide)),
        figure("empty", "", Drawing::Curves(empty)),
        figure("maps", "The student's borders close in on the teacher's", Drawing::Maps(maps(5, 5, 10000))),
        figure("maps-one", long, Drawing::Maps(maps(1, 2, 1200))),
        figure("maps-six", title, Drawing::Maps(maps(6, 10, 1000))),
        figure("sheet", "Where the student errs, the teacher often erred first", Drawing::Sheet(sheet(24))),
        figure("sheet-three", title, Drawing::Sheet(sheet(3))),
        figure("sheet-none", title, Drawing::Sheet(sheet(0))),
        figure("scatter", title, Drawing::Scatter(scatter())),
        figure("scatter-heap", long, Drawing::Scatter(heap)),
        figure("scatter-odd", title, Drawing::Scatter(odd)),
        figure("scatter-bare", "", Drawing::Scatter(bare)),
        figure("heat", "Up to width 8, the student's size is the limit", Drawing::Heat(heat(6, 8))),
        figure("heat-gaps", long, Drawing::Heat(gaps)),
        figure("heat-none", title, Drawing::Heat(none)),
        figure("amounts", "95 % agreement costs $0.50 by asking", Drawing::Amounts(amounts(4, 0.5))),
        figure("amounts-tiny", long, Drawing::Amounts(amounts(1, 3e-12))),
        figure("amounts-lost", title, Drawing::Amounts(lost)),
        figure("amounts-none", title, Drawing::Amounts(amounts(0, 1.0))),
        figure("transcript", title, Drawing::Transcript(transcript(10, 4))),
        figure("transcript-two", long, Drawing::Transcript(transcript(2, 2))),
        figure("transcript-none", title, Drawing::Transcript(transcript(0, 0))),
        figure("opening", title, Drawing::Curves(opening)),
        figure("opening-whole", title, Drawing::Curves(whole)),
        figure("opening-grey", title, Drawing::Curves(grey)),
        figure("heat-steps", title, Drawing::Heat(steps)),
        figure("multiples", title, Drawing::Multiples(multiples(Spacing::SharesOverCounts, 8, 12))),
        figure("multiples-long", long, Drawing::Multiples(multiples(Spacing::AmountsOverNumbers, 4, 300))),
        figure("multiples-lost", title, Drawing::Multiples(lost_row)),
        figure("multiples-none", title, Drawing::Multiples(multiples(Spacing::SharesOverCounts, 0, 0))),
        figure("discs", title, Drawing::Discs(discs(2, 6))),
        figure("discs-torn", long, Drawing::Discs(torn)),
        figure("discs-none", title, Drawing::Discs(discs(0, 0))),
        figure("decades", title, Drawing::Decades(decades(5))),
        figure("decades-zero", long, Drawing::Decades(zero)),
        figure("decades-none", title, Drawing::Decades(decades(0))),
    ]
}
