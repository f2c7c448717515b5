//! How words break into lines: not between a number and its percent sign, and not inside a flag.

use minijinja::HtmlEscape;
use minijinja::value::Value;

/// Running text: 95 % stays together, and so does --strategy.
pub(super) fn tied(text: &str) -> String {
    text.replace(" %", "\u{a0}%").replace("--", "-\u{2060}-\u{2060}")
}

/// A command to copy: broken between its words alone, and without a sign that a terminal would not understand.
pub(super) fn command(text: &str) -> Value {
    let words: Vec<String> = text.split(' ').map(|word| format!("<span>{}</span>", HtmlEscape(word))).collect();
    Value::from_safe_string(format!("<code>{}</code>", words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_between_words_alone() {
        assert_eq!(tied("95 % with --strategy"), "95\u{a0}% with -\u{2060}-\u{2060}strategy");
        assert_eq!(command("run <b>").to_string(), "<code><span>run</span> <span>&lt;b&gt;</span></code>");
    }
}
