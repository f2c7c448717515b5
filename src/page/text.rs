//! How words break into lines: not between a number and its percent sign, and not inside a flag.

use minijinja::HtmlEscape;
use minijinja::value::Value;

/// Running text: 95 % stays together, and so does --strategy.
pub(super) fn tied(text: &str) -> String {
    text.replace(" %", "\u{a0}%").replace("--", "-\u{2060}-\u{2060}")
}

/// A command to copy: broken between its words alone, not before the value of a flag, and without a sign that a
/// terminal would not understand.
pub(super) fn command(text: &str) -> Value {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match parts.last_mut() {
            // A flag keeps its value, unless that is long.
            Some(flag) if flag.starts_with("--") && !flag.contains(' ') && word.len() < 12 => {
                flag.push(' ');
                flag.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    let parts: Vec<String> = parts.iter().map(|part| format!("<span>{}</span>", HtmlEscape(part))).collect();
    Value::from_safe_string(format!("<code>{}</code>", parts.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_between_words_alone() {
        assert_eq!(tied("95 % with --strategy"), "95\u{a0}% with -\u{2060}-\u{2060}strategy");
        let parts = "<code><span>run</span> <span>&lt;b&gt;</span> <span>--seed 1</span> <span>--quick</span></code>";
        assert_eq!(command("run <b> --seed 1 --quick").to_string(), parts);
    }
}
