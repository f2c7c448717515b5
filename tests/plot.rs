//! Every picture is complete, legible and the same each time, whatever it is asked to show.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use distill_lab::finding::{
    Amount, AmountGroup, Amounts, Callout, Curves, Drawing, Figure, Heat, HeatRow, Maps, Mark, Panel, Point, Raster,
    Reference, Series, Sheet, SheetItem,
};
use distill_lab::plot::{self, Drawn};
use resvg::usvg::{Group, Node, Options, Paint, Rect, Tree, fontdb};

const STAMP: &str = "distill run budget · seed 0 · distill-lab 0.1.0";

/// Every figure, drawn once for all tests.
static PICTURES: LazyLock<Vec<(Figure, Drawn)>> =
    LazyLock::new(|| figures().into_iter().map(|figure| (figure.clone(), drawn(&figure))).collect());

fn drawn(figure: &Figure) -> Drawn {
    plot::draw(figure, STAMP).unwrap()
}

fn figure(name: &str, title: &str, drawing: Drawing) -> Figure {
    let subtitle = "Agreement with the teacher on 10,000 held-out points · mean of 10 replicates, 95 % interval";
    Figure { name: name.into(), title: title.into(), subtitle: subtitle.into(), drawing }
}

fn series(actor: &str, label: &str, points: &[(f64, f64)]) -> Series {
    let spread = |x: f64| 0.12 / (x / 5.0).max(1.0).sqrt() + 0.002;
    let point = |&(x, mean): &(f64, f64)| Point { x, mean, low: mean - spread(x), high: mean + spread(x) };
    Series { actor: actor.into(), label: label.into(), points: points.iter().map(point).collect() }
}

fn reference(label: &str, value: f64) -> Reference {
    Reference { name: label.to_lowercase(), label: label.into(), value }
}

fn callout(actor: &str, x: f64, text: &str) -> Callout {
    Callout { actor: actor.into(), x, text: text.into() }
}

/// The table of the headline: half a decade from one point to the next, as an earlier prototype measured it.
fn headline() -> Curves {
    let budgets = [10.0, 32.0, 100.0, 316.0, 1000.0, 3162.0, 10000.0];
    let measured = |means: [f64; 7]| budgets.into_iter().zip(means).collect::<Vec<_>>();
    Curves {
        x_label: "Questions asked (logarithmic)".into(),
        y_label: "Agreement with the teacher".into(),
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
            callout("probabilities", 100.0, "100 questions"),
            callout("label", 500.0, "500 questions"),
            callout("truth", 2500.0, "2,500 labels"),
        ],
    }
}

/// A world of spiral arms, and students that see it through coarser and coarser glasses.
fn spirals(side: usize, classes: u8, blur: f64) -> Raster {
    let cell = |index: usize| {
        let at = |n: usize| (n as f64 + 0.5) / side as f64 * 5.0 - 2.5;
        let (x, y) = (at(index % side), -at(index / side));
        let (x, y) = (x + blur * (7.0 * y).sin(), y + blur * (5.0 * x).cos());
        let turns = y.atan2(x) / std::f64::consts::TAU - 0.375 * x.hypot(y);
        (turns.rem_euclid(1.0) * f64::from(classes)) as u8
    };
    Raster { side, cells: (0..side * side).map(cell).collect() }
}

/// Points that fill the box evenly (an additive sequence), some of them outside it.
fn scattered(count: usize) -> Vec<(f64, f64)> {
    let at = |n: usize, step: f64| ((n as f64 * step).fract() - 0.5) * 5.4;
    (1..=count).map(|n| (at(n, 0.754_877_666), at(n, 0.569_840_291))).collect()
}

fn maps(panels: usize, classes: u8, most: usize) -> Maps {
    let panel = |index: usize| {
        let asked = most / 4usize.pow((panels - 1 - index) as u32).min(most);
        Panel {
            label: format!("{asked} questions"),
            detail: format!("{:.1} % agreement", 100.0 - 40.0 / (index + 1) as f64),
            map: spirals(160, classes, 0.5 / (index * index + 1) as f64),
            asked: scattered(asked),
        }
    };
    let teacher = spirals(160, classes, 0.0);
    Maps { low: -2.5, high: 2.5, actor: "probabilities".into(), teacher, panels: (0..panels).map(panel).collect() }
}

fn sheet(items: usize) -> Sheet {
    let item = |index: usize| {
        let ink = |cell: usize| {
            let (x, y) = (cell as f64 % 12.0 - 5.5, (cell / 12) as f64 - 5.5);
            let ring = (x.hypot(y) - 2.0 - index as f64 % 4.0).abs();
            (255.0 * (1.4 - ring).clamp(0.0, 1.0)) as u8
        };
        SheetItem {
            pixels: (0..144).map(ink).collect(),
            truth: (index % 10).to_string(),
            teacher: (index % 10).to_string(),
            student: if index == 3 { "a rather long class name".into() } else { ((index * 7 + 3) % 10).to_string() },
        }
    };
    Sheet { side: 12, items: (0..items).map(item).collect() }
}

/// A grid whose cells rise from row to row and within each, from 0.20 on.
fn heat(rows: usize, columns: usize) -> Heat {
    let cell = |row: usize, column: usize| 0.2 + 0.8 * (row * columns + column) as f64 / (rows * columns) as f64;
    let row = |row: usize| HeatRow {
        label: format!("{} (4,677 parameters)", 2 << row),
        cells: (0..columns).map(|column| Some(cell(row, column))).collect(),
        note: "limited by size; 1,000 → 10,000: 0.3 points [−0.5, 1.2]".into(),
    };
    Heat {
        x_label: "Query budget: questions asked".into(),
        y_label: "Units in each hidden layer".into(),
        columns: (0..columns).map(|column| format!("{}0,000 true labels", column + 1)).collect(),
        controls: 1,
        rows: (0..rows).map(row).collect(),
    }
}

fn amounts(groups: usize, from: f64) -> Amounts {
    let row = |actor: &str, label: &str, value: f64, open: bool| Amount {
        actor: actor.into(),
        label: label.into(),
        value,
        open,
        worlds: [0.8, 1.0, 1.3].map(|factor| factor * value).into(),
        text: format!("${value:.2} (100 questions)"),
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

/// Pictures that are asked for, and pictures that nobody should ask for.
fn figures() -> Vec<Figure> {
    let title = "100 questions suffice when the teacher gives probabilities";
    let long = "With 100 questions answered by probabilities the student says what its teacher says on 95 % of points, \
                which takes 500 questions when the teacher only names a label, and 2,500 true labels when there is none";
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
    crowd.x_label = "A very long name for the horizontal axis that says everything about questions ".repeat(3);
    crowd.series = (0..8)
        .map(|n| {
            series(
                &format!("arm-{n}"),
                &format!("Arm {n}: an answer cut & rounded to <{n}> digits"),
                &[(10.0, 0.3 + 0.02 * n as f64), (300.0, 0.9), (10000.0, 0.98)],
            )
        })
        .collect();
    crowd.callouts = (0..8).map(|n| callout(&format!("arm-{n}"), 1700.0 + n as f64, "1,700 questions")).collect();
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
    let mut gaps = heat(2, 20);
    gaps.rows[0].cells[3] = None;
    gaps.rows[1].cells = vec![Some(f64::NAN), Some(0.5)];
    gaps.rows[1].label = "a name that is longer than the room that there is for it".repeat(2);
    gaps.rows[0].note = "a note that is longer than the room that there is for it, by far. ".repeat(4);
    gaps.y_label = "a name that is far longer than two rows are high".repeat(2);
    let none = Heat { columns: vec![], rows: vec![], ..heat(1, 1) };
    let mut lost = amounts(1, 1e-3);
    lost.groups[0].rows[0].value = f64::NAN;
    lost.groups[0].rows[1].value = 0.0;
    lost.groups[0].rows[1].worlds = vec![0.0, f64::INFINITY, -1.0];
    lost.groups[0].rows[2].text = "a text that is longer than the room that there is for it".repeat(2);
    lost.groups[0].rows[2].label = "a label that is longer than the room that there is for it".repeat(2);
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
        figure("heat", "Up to width 8, the student's size is the limit", Drawing::Heat(heat(6, 8))),
        figure("heat-gaps", long, Drawing::Heat(gaps)),
        figure("heat-none", title, Drawing::Heat(none)),
        figure("amounts", "95 % agreement costs $0.50 by asking", Drawing::Amounts(amounts(4, 0.5))),
        figure("amounts-tiny", long, Drawing::Amounts(amounts(1, 3e-12))),
        figure("amounts-lost", title, Drawing::Amounts(lost)),
        figure("amounts-none", title, Drawing::Amounts(amounts(0, 1.0))),
    ]
}

fn parsed(svg: &str) -> Tree {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../src/plot/fonts/Inter-Regular.otf").to_vec());
    fonts.load_font_data(include_bytes!("../src/plot/fonts/Inter-Bold.otf").to_vec());
    Tree::from_str(svg, &Options { fontdb: fonts.into(), ..Options::default() }).unwrap()
}

/// Every text of a picture with the box it fills.
fn texts(group: &Group) -> Vec<(String, Rect)> {
    let found = group.children().iter().flat_map(|node| match node {
        Node::Group(inner) => texts(inner),
        Node::Text(text) => {
            let letters = text.chunks().iter().map(|chunk| chunk.text()).collect();
            vec![(letters, text.abs_bounding_box())]
        }
        _ => Vec::new(),
    });
    found.collect()
}

#[test]
fn every_text_is_inside_the_picture_and_off_every_other() {
    for (figure, picture) in PICTURES.iter() {
        let tree = parsed(&picture.svg);
        let texts = texts(tree.root());
        for (index, (text, area)) in texts.iter().enumerate() {
            let inside = area.left() >= 0.0
                && area.top() >= 0.0
                && area.right() <= tree.size().width()
                && area.bottom() <= tree.size().height();
            assert!(inside, "{}: {text:?} leaves the picture: {area:?}", figure.name);
            for (other, taken) in &texts[..index] {
                let apart = area.left() >= taken.right()
                    || taken.left() >= area.right()
                    || area.top() >= taken.bottom() - 0.5
                    || taken.top() >= area.bottom() - 0.5;
                assert!(apart, "{}: {text:?} stands on {other:?}", figure.name);
            }
        }
    }
}

#[test]
fn a_picture_carries_its_stamp_and_no_broken_number() {
    for (figure, Drawn { svg, .. }) in PICTURES.iter() {
        let tree = parsed(svg);
        assert!(texts(tree.root()).iter().any(|(text, _)| text == STAMP), "{}", figure.name);
        // An image is base64, where any three letters may follow each other.
        let numbers: String = svg.lines().filter(|line| !line.starts_with("<image")).collect();
        assert!(!numbers.contains("NaN") && !numbers.contains("\"inf"), "{}", figure.name);
    }
}

#[test]
fn a_long_command_stays_in_the_picture_and_keeps_seed_and_version() {
    let stamp = format!("distill run budget --budgets {} · seed 7 · distill-lab 0.1.0", ["12345"; 100].join(","));
    let tree = parsed(&plot::draw(&figures()[0], &stamp).unwrap().svg);
    let texts = texts(tree.root());
    let (last, area) = texts.last().unwrap();
    assert!(last.ends_with("seed 7 · distill-lab 0.1.0"), "{last}");
    assert!(area.right() <= tree.size().width() && area.bottom() <= tree.size().height(), "{area:?}");
    assert!(texts.iter().any(|(text, _)| text.starts_with("distill run budget --budgets")));
}

#[test]
fn a_point_without_a_place_is_left_out_as_if_it_had_never_been() {
    let first = Point { x: 0.0, mean: 0.3, low: 0.2, high: 0.4 };
    for broken in [
        first,
        Point { x: 40.0, mean: f64::NAN, ..first },
        Point { x: f64::INFINITY, ..first },
        Point { x: 5e-324, ..first },
    ] {
        let mut curves = headline();
        curves.series[1].points.insert(2, broken);
        let with = drawn(&figure("broken", "", Drawing::Curves(curves)));
        assert!(with == drawn(&figure("sound", "", Drawing::Curves(headline()))), "{broken:?}");
    }
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    for (figure, picture) in PICTURES.iter() {
        assert!(drawn(figure) == *picture, "{}", figure.name);
    }
}

#[test]
fn names_are_shown_as_they_are() {
    let mut curves = headline();
    curves.series[0].label = "a < b & ‖p‖² ≥ −½".into();
    let tree = parsed(&drawn(&figure("names", "Σ → α₁ · “ž”", Drawing::Curves(curves))).svg);
    let texts: Vec<String> = texts(tree.root()).into_iter().map(|(text, _)| text).collect();
    assert!(texts.contains(&"a < b & ‖p‖² ≥ −½".to_owned()), "{texts:?}");
    assert!(texts.contains(&"Σ → α₁ · “ž”".to_owned()), "{texts:?}");
}

#[test]
fn a_png_has_two_pixels_per_unit_and_is_light() {
    for (figure, Drawn { svg, png }) in PICTURES.iter() {
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as f32;
        let size = parsed(svg).size();
        // Width and height stand at bytes 16 and 20 of every PNG (the IHDR chunk comes first).
        assert_eq!((side(16), side(20)), (2.0 * size.width(), 2.0 * size.height()), "{}", figure.name);
        assert!(png.len() < 320_000, "{}: {} bytes", figure.name, png.len());
    }
}

/// Width, height and RGB bytes of a PNG file.
fn pixels(png: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    (info.width as usize, info.height as usize, bytes)
}

#[test]
fn the_png_shows_the_images_that_the_svg_embeds() {
    for (figure, Drawn { svg, png }) in PICTURES.iter() {
        let (width, _, picture) = pixels(png);
        let attribute = |element: &str, name: &str| {
            let value = element.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap();
            value.to_owned()
        };
        // The first is the teacher's map or an image of the sheet: nothing is drawn over it but its frame.
        let Some(element) = svg.lines().find(|line| line.starts_with("<image")) else { continue };
        let data = attribute(element, "href");
        let image = STANDARD.decode(data.strip_prefix("data:image/png;base64,").unwrap()).unwrap();
        let (side, _, image) = pixels(&image);
        let at = |name: &str| 2 * attribute(element, name).parse::<usize>().unwrap();
        for (x, y) in (4..side - 4).flat_map(|y| (4..side - 4).map(move |x| (x, y))) {
            let (inner, outer) = (3 * (y * side + x), 3 * ((at("y") + y) * width + at("x") + x));
            assert_eq!(image[inner..inner + 3], picture[outer..outer + 3], "{} at {x}, {y}", figure.name);
        }
    }
}

#[test]
fn a_larger_share_is_darker_and_its_number_stands_on_it() {
    let tree = parsed(&drawn(&figure("heat", "", Drawing::Heat(heat(6, 8)))).svg);
    let cells: Vec<(Rect, f64)> = tree.root().children().iter().filter_map(filled).skip(1).collect();
    assert_eq!(cells.len(), 48);
    assert!(cells.is_sorted_by(|(_, a), (_, b)| a > b), "the shares rise from cell to cell: {cells:?}");
    let texts = texts(tree.root());
    for (index, (cell, _)) in cells.iter().enumerate() {
        let number = format!("{:.1}", 20.0 + 80.0 * index as f64 / 48.0);
        let inside = |area: &Rect| {
            cell.left() < area.left()
                && area.right() < cell.right()
                && cell.top() < area.top()
                && area.bottom() < cell.bottom()
        };
        assert!(texts.iter().any(|(text, area)| *text == number && inside(area)), "{number} is not in its cell");
    }
}

/// The box of a filled shape, and how light it is: the weights of ITU-R BT.709 on sRGB levels.
fn filled(node: &Node) -> Option<(Rect, f64)> {
    let Node::Path(path) = node else { return None };
    let Paint::Color(colour) = path.fill()?.paint() else { return None };
    let [red, green, blue] = [colour.red, colour.green, colour.blue].map(f64::from);
    Some((path.abs_bounding_box(), 0.2126 * red + 0.7152 * green + 0.0722 * blue))
}

/// The boxes of all translucent shapes: bands, on a chart.
fn bands(group: &Group) -> Vec<Rect> {
    let found = group.children().iter().flat_map(|node| match node {
        Node::Group(inner) if inner.opacity().get() < 1.0 => vec![inner.abs_bounding_box()],
        Node::Group(inner) => bands(inner),
        _ => Vec::new(),
    });
    found.collect()
}

#[test]
fn bands_end_at_the_edges_of_the_plot() {
    let mut curves = headline();
    for point in curves.series.iter_mut().flat_map(|series| &mut series.points) {
        (point.low, point.high) = (point.mean - 0.6, point.mean + 0.6);
    }
    let tree = parsed(&drawn(&figure("bands", "", Drawing::Curves(curves))).svg);
    let texts = texts(tree.root());
    let height = |name: &str| {
        let (_, area) = texts.iter().find(|(text, _)| text == name).unwrap();
        (area.top() + area.bottom()) / 2.0
    };
    let bands = bands(tree.root());
    assert_eq!(bands.len(), 3);
    // The numbers of the axis stand beside its ends; half a line's height is more than enough to tell.
    for band in bands {
        assert!((band.top() - height("100\u{A0}%")).abs() < 4.0, "{band:?}");
        assert!((band.bottom() - height("10\u{A0}%")).abs() < 4.0, "{band:?}");
    }
}

#[test]
#[ignore = "checks nothing: writes the pictures below target/tmp, to be looked at"]
fn write_the_pictures() {
    for (figure, Drawn { svg, png }) in PICTURES.iter() {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(&figure.name);
        std::fs::write(path.with_extension("svg"), svg).unwrap();
        std::fs::write(path.with_extension("png"), png).unwrap();
    }
}
