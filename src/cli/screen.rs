//! The screen: what is said to a person goes through here, to stderr.
//!
//! Here alone are decided: that nothing from outside, such as the name of a file, steers the terminal; that a screen
//! which cannot be written to stops no work; and what becomes of styles and links where there is no terminal.

use std::env;
use std::fmt::{self, Display, Write as _};
use std::io::Write as _;
use std::path::{self, Path};

use anstyle::{AnsiColor, Style};
use distill_lab::words::printable;
use terminal_size::{Width, terminal_size_of};

pub(super) const PLAIN: Style = Style::new();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
pub(super) const CYAN: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));

/// Columns and rows to keep within where the terminal does not say, and what a report of one run fits into.
pub(super) const WIDTH: usize = 80;
pub(super) const HEIGHT: usize = 24;

/// A line of the screen.
#[derive(Clone, Default)]
pub(super) struct Line(Vec<Piece>);

#[derive(Clone)]
struct Piece {
    style: Style,
    words: String,
    /// Where a click leads.
    link: Option<String>,
}

impl Line {
    /// Words in a style.
    pub(super) fn new(style: Style, words: impl Display) -> Self {
        Self::default().and(style, words)
    }

    /// Words without one.
    pub(super) fn plain(words: impl Display) -> Self {
        Self::new(PLAIN, words)
    }

    /// This line with more words.
    pub(super) fn and(mut self, style: Style, words: impl Display) -> Self {
        self.0.push(Piece { style, words: printable(&words.to_string()), link: None });
        self
    }

    /// This line with the name of a file or folder, which terminals that know how open with a click.
    pub(super) fn and_file(self, file: &Path) -> Self {
        let mut line = self.and(PLAIN, file.display());
        line.0.last_mut().expect("a piece").link = path::absolute(file).ok().map(|file| address(&file));
        line
    }

    /// Columns that it takes.
    pub(super) fn width(&self) -> usize {
        self.0.iter().map(|piece| piece.words.chars().count()).sum()
    }
}

impl Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Piece { style, words, link } in &self.0 {
            match link {
                // OSC 8, which terminals without it ignore.
                Some(link) => write!(f, "{style}\u{1b}]8;;{link}\u{1b}\\{words}\u{1b}]8;;\u{1b}\\{style:#}")?,
                None => write!(f, "{style}{words}{style:#}")?,
            }
        }
        Ok(())
    }
}

/// Shows a line.
pub(super) fn show(line: &Line) {
    // Styles and links are taken out where stderr is no terminal, or NO_COLOR is set. What cannot be shown is not
    // shown.
    let _ = anstream::stderr().write_all(format!("{line}\n").as_bytes());
}

/// Shows words without a style.
pub(super) fn say(words: impl Display) {
    show(&Line::plain(words));
}

/// How wide the screen is.
pub(super) fn columns() -> usize {
    terminal_size_of(std::io::stderr()).map_or(WIDTH, |(Width(width), _)| usize::from(width).max(20))
}

/// How wide stdout is.
pub(super) fn columns_of_stdout() -> usize {
    terminal_size_of(std::io::stdout()).map_or(WIDTH, |(Width(width), _)| usize::from(width).max(20))
}

/// A command as somebody can type it: under cargo the program is on no path.
pub(super) fn typed(command: &str) -> String {
    let program = if env::var_os("CARGO").is_some() { "cargo run --release --" } else { "distill" };
    command.replacen("distill", program, 1)
}

/// The address of a file, for a browser.
pub(super) fn address(file: &Path) -> String {
    let mut address = "file://".to_owned();
    for byte in file.to_string_lossy().replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// Breaks a text into lines of at most `width` columns, the first after `head`, the others indented.
pub(super) fn wrap(text: &str, width: usize, head: &str, indent: &str) -> Vec<String> {
    let mut lines = vec![head.to_owned()];
    let mut fresh = true;
    // A number and its percent sign stay together.
    for word in text.replace(" %", "\u{a0}%").split(' ') {
        let line = lines.last_mut().expect("one line at least");
        if !fresh && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("{indent}{word}"));
        } else {
            if !fresh {
                line.push(' ');
            }
            line.push_str(word);
        }
        fresh = false;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_steers_the_terminal() {
        let line = Line::plain("a\u{1b}[31mb\u{7}\u{9b}c\u{202e}").and_file(Path::new("/x/\u{1b}]0;x"));
        let shown = anstream::adapter::strip_str(&line.to_string()).to_string();
        assert_eq!(shown, "a\\u{1b}[31mb\\u{7}\\u{9b}c\\u{202e}/x/\\u{1b}]0;x");
        assert_eq!(line.to_string().matches('\u{1b}').count(), 4, "the program's own link and no more");
    }

    #[test]
    fn a_link_leads_to_the_whole_path_and_takes_no_room() {
        let line = Line::plain("in ").and_file(Path::new("/a b/ü.svg"));
        assert_eq!(line.width(), "in /a b/ü.svg".chars().count());
        assert!(line.to_string().contains("\u{1b}]8;;file:///a%20b/%C3%BC.svg\u{1b}\\/a b/ü.svg\u{1b}]8;;"), "{line}");
    }

    #[test]
    fn lines_break_between_words() {
        let lines = wrap("one two three 95 % four", 9, "• ", "  ");
        assert_eq!(lines, ["• one two", "  three", "  95\u{a0}%", "  four"]);
    }
}
