//! Saved findings that were damaged: refused in words, or drawn. Never a panic.

use distill_lab::experiment::records;
use distill_lab::plot;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// A small finding of each kind of picture, three of them with what a page lets a reader try.
const SOUND: [&str; 12] = [
    include_str!("../records/amounts.json"),
    include_str!("../records/curves.json"),
    include_str!("../records/decades.json"),
    include_str!("../records/discs.json"),
    include_str!("../records/gallery.json"),
    include_str!("../records/heat.json"),
    include_str!("../records/maps.json"),
    include_str!("../records/multiples.json"),
    include_str!("../records/places.json"),
    include_str!("../records/scatter.json"),
    include_str!("../records/sheet.json"),
    include_str!("../records/transcript.json"),
];

/// What is done to one place of a record.
#[derive(Clone, Debug)]
enum Damage {
    /// Something else stands there.
    Replaced(Value),
    /// It is gone.
    Removed,
    /// A list has this many of its things, the first ones again where there are too few.
    Resized(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let numbers = [0.0, -0.0, -1.0, 0.5, 1e-300, 5e-324, 1e9, 1e18, 1e300, f64::MAX, f64::MIN];
    let numbers = select(numbers.to_vec()).prop_map(Value::from);
    let counts = select(vec![0, 1, 2, 255, 256, 65_536, u64::from(u32::MAX), u64::MAX]).prop_map(Value::from);
    let long = "wide ".repeat(3_000);
    let texts = ["", "NaN", "../../etc", "a/b", "a\\b", "漢字\u{202e}", "1x0", "\0", "</text>", "label", &long];
    let texts = select(texts.map(str::to_owned).to_vec()).prop_map(Value::from);
    let others = select(vec![Value::Null, json!([]), json!({}), json!(true)]);
    let replaced = prop_oneof![4 => numbers, 2 => counts, 2 => texts, 1 => others].prop_map(Damage::Replaced);
    let sizes = select(vec![0, 1, 2, 3, 5, 40, 3_000]);
    prop_oneof![6 => replaced, 1 => Just(Damage::Removed), 2 => sizes.prop_map(Damage::Resized)]
}

/// The places of a record that hold something, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(things) => {
            things.iter().enumerate().for_each(|(index, thing)| places(thing, &format!("{at}/{index}"), found));
        }
        Value::Object(things) => things.iter().for_each(|(name, thing)| places(thing, &format!("{at}/{name}"), found)),
        _ => {}
    }
}

fn hurt(record: &mut Value, place: &str, damage: &Damage) {
    match damage {
        Damage::Replaced(value) => *record.pointer_mut(place).expect("a place of the record") = value.clone(),
        Damage::Removed => {
            let Some((above, name)) = place.rsplit_once('/') else { return };
            match record.pointer_mut(above) {
                Some(Value::Object(things)) => drop(things.remove(name)),
                Some(Value::Array(things)) => drop(things.remove(name.parse().expect("an index"))),
                _ => {}
            }
        }
        Damage::Resized(size) => {
            if let Some(Value::Array(things)) = record.pointer_mut(place)
                && !things.is_empty()
            {
                *things = things.iter().cycle().take(*size).cloned().collect();
            }
        }
    }
}

fn sound(kind: &str) -> Value {
    let named = |text: &&&str| text.contains(&format!("\"kind\":\"{kind}\""));
    serde_json::from_str(SOUND.iter().find(named).expect("a kind of picture")).expect("JSON")
}

#[test]
fn sound_findings_are_read_and_drawn() {
    for text in SOUND {
        let finding = records::read_finding(text).expect("a sound finding");
        assert!(plot::draw(&finding.figures[0], "").expect("a picture").svg.contains("What is seen"));
    }
}

#[test]
fn what_does_not_hold_together_is_named_by_its_place() {
    let map = json!([]);
    for (kind, place, value, words) in [
        ("heat", "/table/rows/0", json!(["label"]), "row 1 of the table: the number of cells is 1, not 3"),
        (
            "heat",
            "/figures/0/drawing/rows/0/cells",
            json!([0.5]),
            "row \"4\" of figure heat: the number of cells is 1, not 3",
        ),
        ("heat", "/figures/0/drawing/controls", json!(9), "9 controls among 3 columns"),
        ("heat", "/figures/0/name", json!("../heat"), "a figure: \"../heat\" is not a plain name"),
        ("heat", "/experiment", json!(""), "the experiment: \"\" is not a plain name"),
        ("maps", "/figures/0/drawing/teacher", map.clone(), "the teacher's map of figure maps: it has no cells"),
        ("maps", "/figures/0/drawing/panels/0/map", map, "the map \"10 questions\" of figure maps"),
        (
            "sheet",
            "/figures/0/drawing/side",
            json!(u64::MAX),
            "an image of figure sheet: the number of pixels is 4, not",
        ),
        ("gallery", "/figures/0/drawing/side", json!(0), "an image of figure gallery: it has no pixels"),
        (
            "transcript",
            "/figures/0/drawing/questions",
            json!([]),
            "what \"teacher\" says of figure transcript: the number of replies is 1, not 0",
        ),
        ("amounts", "/figures/0/drawing/groups/0/rows/0/worlds", Value::Null, "invalid type: null"),
        ("amounts", "/figures/0/drawing/groups/0/rows/0/value", json!("NaN"), "invalid type: string \"NaN\""),
        ("curves", "/lineup/answers", json!([]), "the answers of the line-up: the number of answers is 0, not 1"),
        ("curves", "/lineup/answers/0/name", json!("2"), "the answer of suspect \"1\" is about \"2\""),
        ("gallery", "/wall/side", json!(3), "watched account \"honest\": the number of pixels is 4, not 9"),
        ("gallery", "/wall/detectors", json!([]), "the number of needles is 1, not 0"),
        ("gallery", "/version", json!("9.9.9"), ""),
    ] {
        let mut record = sound(kind);
        *record.pointer_mut(place).expect("a place") = value;
        match records::read_finding(&record.to_string()) {
            Ok(_) => assert_eq!(words, "", "{place} was not noticed"),
            Err(error) => assert!(!words.is_empty() && error.to_string().contains(words), "{place}: {error}"),
        }
    }
}

#[test]
fn another_version_is_named_where_it_cannot_be_read() {
    let mut record = sound("curves");
    record["version"] = json!("9.9.9");
    hurt(&mut record, "/figures/0/title", &Damage::Removed);
    assert!(records::read_finding(&record.to_string()).unwrap_err().to_string().contains("version \"9.9.9\""));
}

#[test]
fn two_figures_of_one_name_and_walls_of_figures_are_refused() {
    let mut record = sound("scatter");
    hurt(&mut record, "/figures", &Damage::Resized(2));
    let error = records::read_finding(&record.to_string()).unwrap_err().to_string();
    assert!(error.contains("two are called \"scatter\""), "{error}");
    let mut record = sound("scatter");
    hurt(&mut record, "/figures/0/drawing/dots", &Damage::Resized(3_000));
    let error = records::read_finding(&record.to_string()).unwrap_err().to_string();
    assert!(error.starts_with("figure scatter: 3000 things"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(80) })]

    #[test]
    fn a_damaged_finding_is_refused_or_drawn(
        sound in select(SOUND.to_vec()),
        wounds in prop::collection::vec((any::<Index>(), damage()), 1..4),
    ) {
        let mut record: Value = serde_json::from_str(sound).expect("JSON");
        for (place, damage) in &wounds {
            let mut all = Vec::new();
            places(&record, "", &mut all);
            hurt(&mut record, &all[place.index(all.len())], damage);
        }
        match records::read_finding(&record.to_string()) {
            // Whether it can be drawn is not the question, but that it can be asked.
            Ok(finding) => finding.figures.iter().for_each(|figure| drop(plot::draw(figure, &finding.command))),
            Err(error) => prop_assert!(error.to_string().len() > 10, "{error}"),
        }
    }

    #[test]
    fn half_a_finding_is_none(sound in select(SOUND.to_vec()), cut in any::<Index>()) {
        let mut end = cut.index(sound.trim_end().len());
        while !sound.is_char_boundary(end) {
            end -= 1;
        }
        prop_assert!(records::read_finding(&sound[..end]).unwrap_err().to_string().starts_with("not a finding: "));
    }
}
