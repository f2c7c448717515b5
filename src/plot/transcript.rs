//! What several speakers reply to the same questions: a table, a row for each speaker, a column for each question.
//!
//! A wrong reply has a cross before it besides its colour, a borrowed one stands in a box in bold; the last line says
//! what the two mean.

use super::PlotError;
use super::canvas::{Anchor, Canvas, MARGIN, Style, WIDTH, number};
use super::plane;
use super::text::{Weight, block, fit, width};
use super::theme::{self, DISAGREEMENT, GREY_TEXT, GRID, INK, LABEL, Look, PALE, Rgb, SMALL, hex};
use crate::finding::{Manner, Said, Speaker, Transcript};

/// Room for the speakers.
const NAMES: f64 = 168.0;
/// Between two columns.
const GAP: f64 = 8.0;
const HEAD: f64 = 68.0;
const ROW: f64 = 50.0;
const LINE: f64 = 20.0;
/// Type sizes of replies and heads: smaller where they are long.
const SIZES: [f64; 2] = [LABEL, SMALL];
/// Room for a cross before a reply, and within a box around one.
const BEFORE: f64 = 14.0;
const INSIDE: f64 = 6.0;

/// Draws the table and says where it ends.
pub(super) fn draw(canvas: &mut Canvas, transcript: &Transcript) -> Result<f64, PlotError> {
    let columns = transcript.questions.len().max(1);
    let step = (WIDTH - 2.0 * MARGIN - NAMES) / columns as f64;
    let top = canvas.top;
    let left = |column: usize| MARGIN + NAMES + column as f64 * step;
    for (column, question) in transcript.questions.iter().enumerate() {
        let (size, lines) = block(question, Weight::Bold, &SIZES, step - GAP, 3);
        let style = Style { size, weight: Weight::Bold, colour: GREY_TEXT };
        centred(canvas, (left(column) + INSIDE, top + HEAD / 2.0), &lines, style);
    }
    let actors: Vec<&str> = transcript.speakers.iter().map(|speaker| speaker.actor.as_str()).collect();
    let looks = theme::looks(&actors);
    let middle = |row: usize| top + HEAD + (row as f64 + 0.5) * ROW;
    for (row, (speaker, look)) in transcript.speakers.iter().zip(&looks).enumerate() {
        rule(canvas, middle(row) - ROW / 2.0);
        name(canvas, middle(row), speaker, *look);
        for (column, said) in speaker.replies.iter().take(columns).enumerate() {
            reply(canvas, (left(column), middle(row)), step - GAP, said);
        }
    }
    let end = top + HEAD + transcript.speakers.len() as f64 * ROW;
    rule(canvas, end);
    let markers = plane::on_paper(end, |paper| {
        looks
            .iter()
            .enumerate()
            .try_for_each(|(row, look)| plane::marker(paper, (MARGIN + 8.0, middle(row)), look.marker, look.colour))
    })?;
    canvas.shapes(&markers);
    Ok(key(canvas, end + 20.0, transcript))
}

fn rule(canvas: &mut Canvas, y: f64) {
    let (x, end, y) = (number(MARGIN), number(WIDTH - MARGIN), number(y));
    let colour = hex(GRID);
    canvas.shapes(&format!(r#"<path d="M{x} {y}H{end}" stroke="{colour}" stroke-width="1"/>"#));
}

fn name(canvas: &mut Canvas, y: f64, speaker: &Speaker, look: Look) {
    let bold = Style { size: LABEL, weight: Weight::Bold, colour: look.colour };
    let small = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    for (style, text, down) in [(bold, &speaker.label, -10.0), (small, &speaker.detail, 10.0)] {
        let room = NAMES - 28.0;
        let size = if width(text, style.weight, style.size) > room { SMALL } else { style.size };
        let text = fit(text, style.weight, size, room);
        canvas.text((MARGIN + 22.0, y + down), Anchor::Start, Style { size, ..style }, &text);
    }
}

/// A reply in at most two lines, with its mark.
fn reply(canvas: &mut Canvas, (x, y): (f64, f64), room: f64, said: &Said) {
    let (before, weight, colour) = match said.manner {
        Manner::Plain => (INSIDE, Weight::Regular, INK),
        Manner::Wrong => (INSIDE + BEFORE, Weight::Regular, DISAGREEMENT),
        Manner::Borrowed => (INSIDE, Weight::Bold, INK),
    };
    let (size, lines) = block(&said.text, weight, &SIZES, room - before - INSIDE, 2);
    match said.manner {
        Manner::Plain => {}
        Manner::Wrong => cross(canvas, (x + INSIDE + 4.0, y), DISAGREEMENT),
        Manner::Borrowed => {
            let widest = lines.iter().map(|line| width(line, weight, size)).fold(0.0, f64::max);
            frame(canvas, (x, y), (widest + 2.0 * INSIDE, lines.len() as f64 * LINE + 2.0));
        }
    }
    centred(canvas, (x + before, y), &lines, Style { size, weight, colour });
}

/// Lines of text around a height.
fn centred(canvas: &mut Canvas, (x, y): (f64, f64), lines: &[String], style: Style) {
    let first = y - (lines.len() as f64 - 1.0) * LINE / 2.0;
    for (index, line) in lines.iter().enumerate() {
        canvas.text((x, first + index as f64 * LINE), Anchor::Start, style, line);
    }
}

fn cross(canvas: &mut Canvas, (x, y): (f64, f64), colour: Rgb) {
    let (left, right, top, bottom) = (number(x - 4.0), number(x + 4.0), number(y - 4.0), number(y + 4.0));
    let strokes = format!("M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}");
    let colour = hex(colour);
    canvas.shapes(&format!(r#"<path d="{strokes}" fill="none" stroke="{colour}" stroke-width="2"/>"#));
}

/// A box that begins at `x` and is centred on `y`.
fn frame(canvas: &mut Canvas, (x, y): (f64, f64), (wide, high): (f64, f64)) {
    let (top, fill, edge) = (number(y - high / 2.0), hex(PALE), hex(GREY_TEXT));
    let (x, wide, high) = (number(x), number(wide), number(high));
    canvas.shapes(&format!(
        r#"<rect x="{x}" y="{top}" width="{wide}" height="{high}" rx="3" fill="{fill}" stroke="{edge}"/>"#
    ));
}

/// What cross and box mean, as far as they occur, and where the line ends.
fn key(canvas: &mut Canvas, y: f64, transcript: &Transcript) -> f64 {
    let occurs = |manner: Manner| {
        transcript.speakers.iter().flat_map(|speaker| &speaker.replies).any(|said| said.manner == manner)
    };
    let style = Style { size: SMALL, weight: Weight::Regular, colour: GREY_TEXT };
    let mut x = MARGIN;
    for (manner, meaning) in [(Manner::Wrong, &transcript.wrong), (Manner::Borrowed, &transcript.borrowed)] {
        if !occurs(manner) {
            continue;
        }
        match manner {
            Manner::Wrong => cross(canvas, (x + 8.0, y), DISAGREEMENT),
            _ => frame(canvas, (x, y), (16.0, 12.0)),
        }
        // The second has what the first leaves of the line, and that is half of it or more.
        let half = WIDTH / 2.0 - MARGIN - 50.0;
        let room = if manner == Manner::Wrong { half } else { WIDTH - MARGIN - x - 24.0 };
        let meaning = fit(meaning, style.weight, style.size, room);
        canvas.text((x + 24.0, y), Anchor::Start, style, &meaning);
        x += 24.0 + width(&meaning, style.weight, style.size) + 26.0;
    }
    if x > MARGIN { y + 6.0 } else { y - 20.0 }
}
