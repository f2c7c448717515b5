//! Maps and small images to draw.

use distill_lab::finding::{Maps, Panel, Raster, Sheet, SheetItem};

/// A plane of spiral arms, and students that see it through coarser and coarser glasses.
pub(crate) fn spirals(side: usize, classes: u8, blur: f64) -> Raster {
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
pub(crate) fn scattered(count: usize) -> Vec<(f64, f64)> {
    let at = |n: usize, step: f64| ((n as f64 * step).fract() - 0.5) * 5.4;
    (1..=count).map(|n| (at(n, 0.754_877_666), at(n, 0.569_840_291))).collect()
}

pub(crate) fn maps(panels: usize, classes: u8, most: usize) -> Maps {
    let panel = |index: usize| {
        let asked = most / 4usize.pow((panels - 1 - index) as u32).min(most);
        Panel {
            label: format!("{asked} queries"),
            detail: format!("{:.1} % agreement", 100.0 - 40.0 / (index + 1) as f64),
            map: spirals(160, classes, 0.5 / (index * index + 1) as f64),
            asked: scattered(asked),
        }
    };
    let teacher = spirals(160, classes, 0.0);
    Maps { low: -2.5, high: 2.5, actor: "probabilities".into(), teacher, panels: (0..panels).map(panel).collect() }
}

pub(crate) fn sheet(items: usize) -> Sheet {
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
