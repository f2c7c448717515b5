//! What a run says on the screen when it is done: the finding first and last, between them a table, a small chart,
//! where the files are and what to try. It fits a terminal of 24 rows; `--verbose` leaves nothing out.

use std::path::Path;

use distill_lab::experiment::{self, Group, Listed};
use distill_lab::finding::{Drawing, Finding, Table};
use distill_lab::plan::PlanError;
use distill_lab::words::printable;

use super::chart;
use super::screen::{self, BOLD, DIM, HEIGHT, Line, PLAIN, WIDTH, say, show, typed, wrap};

/// Between two columns of a table.
const GAP: &str = "  ";
/// Rows of the table and of the chart, where not all is shown.
const ROWS: usize = 6;
const CHART: [usize; 2] = [4, 8];
/// What a table says behind a mean.
const SPREAD: &str = "± 95 % interval";

/// What there is to tell of a run.
pub(super) struct Told<'a> {
    pub(super) finding: &'a Finding,
    pub(super) folder: &'a Path,
    /// The page that it is a chapter of.
    pub(super) page: Option<&'a Path>,
    /// How it compares with the default plan.
    pub(super) beside: Option<String>,
    /// What to try.
    pub(super) next: Vec<String>,
}

/// Before training: of whom it is asked.
pub(super) fn opening(group: &Group, verbose: bool) {
    if verbose {
        for experiment in group.experiments() {
            show(&Line::new(BOLD, experiment.question));
            wrap(experiment.prediction, screen::columns(), "", "").iter().for_each(|line| show(&Line::new(DIM, line)));
        }
    }
    wrap(&group.in_short(), screen::columns(), "", "  ").iter().for_each(|line| show(&Line::new(DIM, line)));
    group.remarks().iter().for_each(|remark| say(format!("note: {remark}")));
}

/// Flags that nothing in the run reads.
pub(super) fn unread(groups: &[Group]) {
    experiment::unread(groups).iter().for_each(|told| say(format!("note: {told}")));
}

/// Experiments that cannot be asked of a plan, and why.
pub(super) fn left_out<'a>(experiments: impl Iterator<Item = (&'a Listed, &'a Option<PlanError>)>) {
    for (experiment, reason) in experiments {
        if let Some(reason) = reason {
            say(format!("note: {} is left out; {reason}", experiment.about().name));
        }
    }
}

/// After training: what was found.
pub(super) fn findings(told: &[Told], verbose: bool) {
    let width = screen::columns();
    let lines = match told {
        [one] if !verbose => on_a_screen(one, width),
        several if !verbose => in_short(several, width),
        all => all.iter().flat_map(|one| in_full(one, width)).collect(),
    };
    lines.iter().for_each(show);
}

/// One run, in as many rows as a terminal has: one of them has said of whom it was asked, and one is for the prompt.
fn on_a_screen(told: &Told, width: usize) -> Vec<Line> {
    let title = styled(BOLD, wrap(&told.finding.title, width, "", "  "));
    let mut end: Vec<Line> =
        told.beside.iter().flat_map(|beside| wrap(beside, width, "", "  ")).map(Line::plain).collect();
    // As much of it as there is room for.
    const WHAT: &str = ": figures, records";
    let places = [(WHAT, "; caveats: --verbose"), (WHAT, ""), ("", "")].map(|(what, more)| files(told, what, more));
    end.extend(places.iter().find(|line| line.width() <= width).or(places.last()).cloned());
    if let Some(next) = told.next.first() {
        end.extend(wrap(&typed(next), width, "try next: ", "  ").into_iter().map(Line::plain));
    }
    end.extend(title.iter().cloned());
    let room = (HEIGHT - 2).saturating_sub(title.len() + end.len());
    // The axis of a chart, and which mark is which, whatever its height.
    let around = chart_of(told.finding, width, CHART[0]).len().saturating_sub(CHART[0]);
    let least = if around > 0 { CHART[0] + around } else { 0 };
    let of_rows = |rows| table(&told.finding.table, width, Some(rows));
    let fits = |lines: &Vec<Line>| lines.len() + least <= room;
    let table = (1..=ROWS).rev().map(of_rows).find(fits).unwrap_or_else(|| of_rows(1));
    let chart = room.saturating_sub(table.len() + around).clamp(CHART[0], CHART[1]);
    let chart = chart_of(told.finding, width, chart);
    [title, table, chart.into_iter().map(Line::plain).collect(), end].concat()
}

/// Several runs: what each found, and where they are.
fn in_short(told: &[Told], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for told in told {
        let head = format!("{}: ", told.finding.experiment);
        lines.extend(styled(PLAIN, wrap(&told.finding.title, width, &head, "  ")));
        lines.extend(told.beside.iter().flat_map(|beside| wrap(beside, width, "  ", "  ")).map(Line::plain));
    }
    let shelf = told[0].folder.parent().unwrap_or(Path::new(""));
    lines.push(with_page(Line::plain("in ").and_file(shelf).and(PLAIN, ": a folder for each"), told[0].page));
    lines.extend(told[0].next.first().map(|next| Line::plain(format!("try next: {}", typed(next)))));
    lines
}

/// One run, with all that is to be said of it.
fn in_full(told: &Told, width: usize) -> Vec<Line> {
    let finding = told.finding;
    let title = styled(BOLD, wrap(&finding.title, width, "", ""));
    let points = |texts: &[String]| -> Vec<Line> {
        texts.iter().flat_map(|text| wrap(text, width, "• ", "  ")).map(Line::plain).collect()
    };
    let mut lines = [vec![Line::default()], title.clone(), vec![Line::default()]].concat();
    lines.extend(table(&finding.table, width, None));
    if let Some(Drawing::Curves(curves)) = finding.figures.first().map(|figure| &figure.drawing) {
        let references = curves.references.iter().map(|r| format!("{} {:.1} %", r.label, 100.0 * r.value));
        let references = references.collect::<Vec<_>>().join(" · ");
        if !references.is_empty() {
            lines.extend(wrap(&references, width, "to compare: ", "  ").into_iter().map(Line::plain));
        }
    }
    lines.extend(chart_of(finding, width, 2 * ROWS).into_iter().map(Line::plain));
    lines.extend(points(&finding.verdicts));
    lines.push(Line::plain("What this does not show"));
    lines.extend(points(&finding.caveats));
    let figures: Vec<String> = finding.figures.iter().map(|figure| format!("{}.svg", figure.name)).collect();
    lines.push(files(told, "", ""));
    let names = format!("{}, the same as .png, trials.csv, finding.json", figures.join(", "));
    lines.extend(styled(DIM, wrap(&names, width, "  ", "  ")));
    lines.extend(told.beside.iter().map(Line::plain));
    lines.push(Line::plain("Try next"));
    lines.extend(told.next.iter().map(|next| Line::plain(format!("  {}", typed(next)))));
    lines.extend(title);
    lines
}

/// Where the files are: what lies there, the page, and more after that.
fn files(told: &Told, what: &str, more: &str) -> Line {
    with_page(Line::plain("in ").and_file(told.folder).and(PLAIN, what), told.page).and(PLAIN, more)
}

fn with_page(line: Line, page: Option<&Path>) -> Line {
    match page {
        Some(page) => line.and(PLAIN, "; page: ").and_file(page),
        None => line,
    }
}

fn styled(style: anstyle::Style, lines: Vec<String>) -> Vec<Line> {
    lines.into_iter().map(|line| Line::new(style, line)).collect()
}

fn chart_of(finding: &Finding, width: usize, rows: usize) -> Vec<String> {
    match finding.figures.first().map(|figure| &figure.drawing) {
        Some(Drawing::Curves(curves)) => chart::chart(curves, width.min(WIDTH), rows),
        _ => Vec::new(),
    }
}

/// The table: its head and at most `most` rows, the first, the last and others between at equal distances. Without its
/// intervals where they do not fit, and with cells cut short where that is not enough.
fn table(table: &Table, width: usize, most: Option<usize>) -> Vec<Line> {
    let all = table.rows.len();
    let shown = most.unwrap_or(all).min(all);
    let chosen = (0..shown).map(|n| if shown > 1 { n * (all - 1) / (shown - 1) } else { 0 });
    let all = || std::iter::once(&table.head).chain(chosen.clone().map(|row| &table.rows[row]));
    let cells = |cut: fn(&str) -> &str| -> Vec<Vec<String>> {
        all().map(|row| row.iter().map(|cell| printable(cut(cell))).collect()).collect()
    };
    let mut rows = cells(|cell| cell);
    if total(&rows) > width {
        rows = cells(|cell| cell.split(" ±").next().unwrap_or(cell));
    }
    while total(&rows) > width && shorten(&mut rows) {}
    let widths = widths(&rows);
    let line = |row: &Vec<String>| -> String {
        row.iter().zip(&widths).map(|(cell, &width)| format!("{GAP}{cell:>width$}")).collect()
    };
    let mut lines: Vec<Line> = rows.iter().map(|row| Line::plain(line(row))).collect();
    lines[0] = Line::new(DIM, line(&rows[0]));
    if rows.iter().flatten().any(|cell| cell.contains('±')) {
        match lines[0].width() + 2 * GAP.len() + SPREAD.chars().count() <= width {
            true => lines[0] = Line::new(DIM, format!("{}{GAP}{GAP}{SPREAD}", line(&rows[0]))),
            false => lines.push(Line::new(DIM, format!("{GAP}{SPREAD}"))),
        }
    }
    lines
}

fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let of = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    (0..rows[0].len()).map(of).collect()
}

fn total(rows: &[Vec<String>]) -> usize {
    widths(rows).iter().map(|width| width + GAP.len()).sum()
}

/// Takes a letter from the longest cells of the widest column; `false` where there is nothing left to take.
fn shorten(rows: &mut [Vec<String>]) -> bool {
    let widths = widths(rows);
    let Some((column, &widest)) = widths.iter().enumerate().max_by_key(|(_, width)| **width).filter(|(_, w)| **w > 3)
    else {
        return false;
    };
    for cell in rows.iter_mut().map(|row| &mut row[column]).filter(|cell| cell.chars().count() == widest) {
        *cell = cell.chars().take(widest - 2).chain(['…']).collect();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use distill_lab::experiment::{EXPERIMENTS, records};

    fn committed(experiment: &str) -> Finding {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("output").join(experiment).join("finding.json");
        records::read_finding(&std::fs::read_to_string(file).expect("a record")).expect("a sound record")
    }

    fn lines(finding: &Finding) -> Vec<String> {
        let told = Told {
            finding,
            // The longest name that there is, with a hash behind it.
            folder: Path::new("output/runs/budget-quick-data-moons-student-128-64-teacher-256-01234567"),
            page: None,
            beside: Some("probabilities: 98.1 % at 10,000 queries; the default plan 98.1 %".to_owned()),
            next: vec!["distill run budget --student 4,4".to_owned()],
        };
        let lines = on_a_screen(&told, WIDTH).into_iter();
        lines.map(|line| anstream::adapter::strip_str(&line.to_string()).to_string()).collect()
    }

    #[test]
    fn every_finding_fits_a_terminal_and_stands_first_and_last() {
        for experiment in EXPERIMENTS {
            let finding = committed(experiment.about().name);
            let lines = lines(&finding);
            let all = lines.join("\n");
            // One row above says of whom it was asked, one below is for the prompt.
            assert!(lines.len() <= HEIGHT - 2, "{} rows:\n{all}", lines.len());
            assert!(lines.iter().all(|line| line.chars().count() <= WIDTH), "too wide:\n{all}");
            let title = wrap(&finding.title, WIDTH, "", "  ");
            assert!(lines.starts_with(&title) && lines.ends_with(&title), "{all}");
            let rows = finding.table.rows.len().min(ROWS);
            let first = finding.table.rows[0].iter().find(|cell| cell.len() > 2).expect("a cell");
            let start: String = first.chars().take(3).collect();
            assert!(rows > 0 && all.contains(&start), "no row of the table:\n{all}");
        }
    }

    #[test]
    fn one_number_that_changes_moves_what_shows_it_and_nothing_else() {
        let finding = committed("budget");
        let before = lines(&finding);
        let mut changed = finding.clone();
        // The last row of the table, which is always shown, and its point of the curve.
        let cell = changed.table.rows.last_mut().expect("rows").get_mut(1).expect("a mean");
        *cell = "61.5 % ±0.1".to_owned();
        let Drawing::Curves(curves) = &mut changed.figures[0].drawing else { panic!("a chart") };
        curves.series[0].points.last_mut().expect("a point").mean = 0.615;
        let after = lines(&changed);
        assert_eq!(after.len(), before.len());
        let moved: Vec<&String> = before.iter().zip(&after).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
        assert!(moved[0].contains("10,000") && moved[0].contains("61.5 % ±0.1"), "{moved:?}");
        assert!(moved.len() > 1 && moved[1..].iter().all(|line| line.contains('│')), "{moved:?}");
    }

    #[test]
    fn a_table_shows_its_ends_and_cuts_what_is_too_wide() {
        let rows: Vec<Vec<String>> =
            (0..13).map(|n| vec![n.to_string(), "x".repeat(40), "50.0 % ±1.0".into()]).collect();
        let table = Table { head: ["n", "text", "mean"].map(str::to_owned).to_vec(), rows };
        let of = |width, most| -> Vec<String> {
            let lines = self::table(&table, width, most);
            lines.iter().map(|line| anstream::adapter::strip_str(&line.to_string()).to_string()).collect()
        };
        let shown = of(80, Some(6));
        let first: Vec<&str> = shown[1..].iter().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(first, ["0", "2", "4", "7", "9", "12"]);
        assert!(shown[0].ends_with("± 95 % interval"), "{shown:?}");
        let narrow = of(30, None);
        assert!(narrow.len() == 14 && narrow.iter().all(|line| line.chars().count() <= 30), "{narrow:?}");
        assert!(narrow[1].contains("…") && !narrow[1].contains('±'), "{narrow:?}");
    }
}
