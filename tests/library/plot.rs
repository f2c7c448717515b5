//! Every picture is complete, legible and the same each time, whatever it is asked to show.

mod figures;
mod images;

use std::fs;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use distill_lab::finding::{Dot, Drawing, Figure, Point, Scale, Spacing};
use distill_lab::plot::{self, Drawn};
use figures::{discs, figure, figures, headline, heat, multiples, transcript};
use resvg::usvg::{Group, Node, Options, Paint, Rect, Tree, fontdb};

const STAMP: &str = "distill run budget · seed 0 · distill-lab 0.1.0";

/// Every figure, drawn once for all tests.
static PICTURES: LazyLock<Vec<(Figure, Drawn)>> =
    LazyLock::new(|| figures().into_iter().map(|figure| (figure.clone(), drawn(&figure))).collect());

fn drawn(figure: &Figure) -> Drawn {
    plot::draw(figure, STAMP).unwrap()
}

fn parsed(svg: &str) -> Tree {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../../src/plot/fonts/Inter-Regular.otf").to_vec());
    fonts.load_font_data(include_bytes!("../../src/plot/fonts/Inter-Bold.otf").to_vec());
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
fn no_text_of_a_committed_figure_had_to_be_cut() {
    let experiments = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/output")).expect("the output");
    let folders = experiments.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).expect("a folder"));
    let figures =
        files.map(|entry| entry.expect("an entry").path()).filter(|path| path.extension() == Some("svg".as_ref()));
    let (whole, cut): (Vec<_>, Vec<_>) =
        figures.partition(|figure| !fs::read_to_string(figure).expect("a figure").contains('…'));
    assert!(!whole.is_empty() && cut.is_empty(), "{cut:?} end in …: say it shorter");
}

#[test]
fn every_text_is_inside_the_picture_and_off_every_other() {
    let mut wrong = Vec::new();
    for (figure, picture) in PICTURES.iter() {
        let tree = parsed(&picture.svg);
        let texts = texts(tree.root());
        for (index, (text, area)) in texts.iter().enumerate() {
            let inside = area.left() >= 0.0
                && area.top() >= 0.0
                && area.right() <= tree.size().width()
                && area.bottom() <= tree.size().height();
            if !inside {
                wrong.push(format!("{}: {text:?} leaves the picture: {area:?}", figure.name));
            }
            let apart = |taken: &Rect| {
                area.left() >= taken.right()
                    || taken.left() >= area.right()
                    || area.top() >= taken.bottom() - 0.5
                    || taken.top() >= area.bottom() - 0.5
            };
            let met = texts[..index].iter().filter(|(_, taken)| !apart(taken));
            wrong.extend(met.map(|(other, _)| format!("{}: {text:?} stands on {other:?}", figure.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
fn a_wrong_reply_has_a_cross_and_a_borrowed_one_a_box() {
    let shapes = |replies: usize| {
        let mut transcript = transcript(1, replies);
        // Plain, wrong, borrowed: as many as there are queries.
        transcript.speakers[0].replies.truncate(replies);
        let svg = drawn(&figure("transcript", "", Drawing::Transcript(transcript))).svg;
        (svg.contains("stroke=\"#b81f74\""), svg.matches("rx=").count())
    };
    assert_eq!(shapes(1), (false, 0));
    assert_eq!(shapes(2), (true, 0));
    // One around the reply and one in the key.
    assert_eq!(shapes(3), (true, 2));
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
        assert!(png.len() < 340_000, "{}: {} bytes", figure.name, png.len());
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
fn a_scatter_names_every_point_that_has_a_place() {
    for (figure, picture) in PICTURES.iter() {
        let Drawing::Scatter(scatter) = &figure.drawing else { continue };
        let texts: Vec<String> = texts(parsed(&picture.svg).root()).into_iter().map(|(text, _)| text).collect();
        for Dot { label, x, .. } in &scatter.dots {
            let named = texts.iter().any(|text| label.starts_with(text.trim_end_matches('…')) && text.len() > 3);
            assert_eq!(named, x.mean.is_finite(), "{}: {label}", figure.name);
        }
    }
}

#[test]
fn a_larger_share_is_darker_and_its_number_stands_on_it() {
    let tree = parsed(&drawn(&figure("heat", "", Drawing::Heat(heat(6, 8)))).svg);
    let cells: Vec<(Rect, f64)> = tree.root().children().iter().filter_map(filled).skip(1).collect();
    assert_eq!(cells.len(), 48);
    assert!(cells.is_sorted_by(|(_, a), (_, b)| a >= b), "the shares rise from cell to cell: {cells:?}");
    let mut steps: Vec<f64> = cells.iter().map(|(_, light)| *light).collect();
    steps.dedup();
    // From 20 to 98 % in seven steps of which the first is for less than a twelfth: six are left.
    assert_eq!(steps.len(), 6, "{steps:?}");
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

/// The middle of the text that reads so.
fn middle(texts: &[(String, Rect)], wanted: &str) -> (f32, f32) {
    let (_, area) = texts.iter().find(|(text, _)| text == wanted).unwrap_or_else(|| panic!("no {wanted:?}: {texts:?}"));
    ((area.left() + area.right()) / 2.0, (area.top() + area.bottom()) / 2.0)
}

#[test]
fn an_axis_that_opens_gives_most_room_to_the_last_points_and_numbers_both_ends() {
    let picture = |scale: Scale| {
        let curves = distill_lab::finding::Curves { scale, ..headline() };
        texts(parsed(&drawn(&figure("scale", "", Drawing::Curves(curves))).svg).root())
    };
    let room = |texts: &[(String, Rect)], low: &str, high: &str| {
        let [low, high] = [low, high].map(|text| middle(texts, text).1);
        low - high
    };
    let opening = picture(Scale::Opening);
    // Half of the whole to a tenth, and from five in a hundred to one: each misses a fifth of what it missed.
    let (early, late) = (room(&opening, "50\u{A0}%", "90\u{A0}%"), room(&opening, "95\u{A0}%", "99\u{A0}%"));
    assert!((early - late).abs() < 0.12 * early, "{early} and {late}");
    for end in ["0\u{A0}%", "99\u{A0}%", "10", "10,000"] {
        middle(&opening, end);
    }
    let even = picture(Scale::Even);
    let step = room(&even, "0\u{A0}%", "20\u{A0}%");
    assert!((step - room(&even, "80\u{A0}%", "100\u{A0}%")).abs() < 0.5, "even steps are even");
}

#[test]
fn every_reference_has_its_name() {
    let curves = distill_lab::finding::Curves { scale: Scale::Opening, ..headline() };
    let tree = parsed(&drawn(&figure("references", "", Drawing::Curves(curves.clone()))).svg);
    let texts = texts(tree.root());
    for reference in &curves.references {
        let named = texts.iter().any(|(text, _)| text.starts_with(reference.label.split(' ').next().unwrap()));
        assert!(named, "{}: {texts:?}", reference.label);
    }
}

#[test]
fn a_coloured_line_says_where_it_ends_and_a_grey_one_does_not() {
    let mut curves = headline();
    curves.series[1].quiet = true;
    let tree = parsed(&drawn(&figure("ends", "", Drawing::Curves(curves))).svg);
    let texts = texts(tree.root()).into_iter().map(|(text, _)| text.replace('\u{A0}', " ")).collect::<Vec<_>>();
    let ends = |share: &str| texts.iter().filter(|text| text.ends_with(share)).count();
    // The last means of the table above: of probabilities, labels in grey, and true labels.
    assert_eq!(["98.1 %", "97.9 %", "96.4 %"].map(ends), [1, 0, 1], "{texts:?}");
}

#[test]
fn words_after_the_rows_of_a_grid_have_a_head() {
    let mut heat = heat(3, 4);
    heat.texts = "points lost".into();
    heat.rows[1].text = "≤ 0.4".into();
    let tree = parsed(&drawn(&figure("words", "", Drawing::Heat(heat))).svg);
    let at = |wanted: &str| texts(tree.root()).into_iter().find(|(text, _)| text == wanted).map(|(_, room)| room);
    let (head, word) = (at("points lost").expect("a head"), at("≤ 0.4").expect("the words"));
    assert!((head.left() - word.left()).abs() < 3.0 && head.bottom() < word.top(), "{head:?} {word:?}");
}

#[test]
fn a_row_of_discs_is_filled_by_its_shares() {
    let svg = drawn(&figure("discs", "", Drawing::Discs(discs(1, 6)))).svg;
    let circles: Vec<&str> = svg.lines().filter(|line| line.starts_with("<circle")).collect();
    let radius = |line: &str| line.split(" r=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap();
    let full = |line: &&&str| !line.contains("fill=\"none\"");
    // Four rows of six rings, one for each disc, and two in the key; nothing is filled where the share is zero.
    assert_eq!(circles.len() - circles.iter().filter(full).count(), 26);
    let filled: Vec<f64> = circles.iter().filter(full).map(|line| radius(line)).collect();
    assert_eq!(filled.len(), 19);
    let (third, whole) = (filled[0], filled[17]);
    // A third of the area has 1/√3 of the radius.
    assert!((third / whole - 1.0 / 3f64.sqrt()).abs() < 0.02, "{third} of {whole}");
}

#[test]
fn small_charts_stand_on_one_axis_and_each_has_its_words() {
    let multiples = multiples(Spacing::SharesOverCounts, 8, 12);
    let texts = texts(parsed(&drawn(&figure("rows", "", Drawing::Multiples(multiples.clone()))).svg).root());
    let rows: Vec<f32> = multiples.rows.iter().map(|row| middle(&texts, &row.label).1).collect();
    assert!(rows.windows(2).all(|pair| (pair[1] - pair[0] - (rows[1] - rows[0])).abs() < 0.5), "{rows:?}");
    for row in &multiples.rows {
        assert!((middle(&texts, &row.text).1 - middle(&texts, &row.label).1).abs() < 2.0, "{}", row.label);
    }
    for end in ["0\u{A0}%", "100\u{A0}%", "1", "12", "4 queries"] {
        middle(&texts, end);
    }
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
        assert!((band.bottom() - height("0\u{A0}%")).abs() < 4.0, "{band:?}");
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
