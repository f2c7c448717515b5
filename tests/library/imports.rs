//! Reads source text for the floors: its words without comments and literals, and the paths that it reaches for.

/// A word, `::`, or one other sign.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
}

/// The code of a file without comments and literals.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < text.len() {
        let rest = &text[at..];
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = match literal_or_comment(rest) {
            0 if word > 0 => word,
            0 if rest.starts_with("::") => 2,
            0 => rest.chars().next().map_or(1, char::len_utf8),
            skipped => {
                line += rest[..skipped].matches('\n').count();
                at += skipped;
                continue;
            }
        };
        let token = &rest[..length];
        if !token.trim().is_empty() {
            found.push(Token { text: token, line });
        }
        line += token.matches('\n').count();
        at += length;
    }
    found
}

/// How long the comment or literal is that a text starts with; 0 where it starts with neither.
fn literal_or_comment(text: &str) -> usize {
    let past = |start: usize, end: &str| text[start..].find(end).map_or(text.len(), |found| start + found + end.len());
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        let (mut depth, mut at) = (1, 2);
        while depth > 0 && at < text.len() {
            let rest = &text.as_bytes()[at..];
            (depth, at) = if rest.starts_with(b"/*") {
                (depth + 1, at + 2)
            } else if rest.starts_with(b"*/") {
                (depth - 1, at + 2)
            } else {
                (depth, at + 1)
            };
        }
        return at;
    }
    let body = text.strip_prefix('b').unwrap_or(text);
    if let Some(raw) = body.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            return past(text.len() - raw.len() + hashes + 1, &format!("\"{}", "#".repeat(hashes)));
        }
    }
    if body.starts_with('"') {
        let mut at = text.len() - body.len() + 1;
        while at < text.len() && text.as_bytes()[at] != b'"' {
            at += if text.as_bytes()[at] == b'\\' { 2 } else { 1 };
        }
        return at + 1;
    }
    // A quote opens a character unless it opens a lifetime: 'a' and '\n' against 'a.
    let mut letters = text.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some('\''), Some('\\'), _) => past(3, "'"),
        (Some('\''), Some(letter), Some('\'')) => 2 + letter.len_utf8(),
        _ => 0,
    }
}

/// A module of the crate that some code reaches for; `*` for all of them.
pub(super) struct Import {
    pub(super) name: String,
    pub(super) line: usize,
}

/// Every path that starts at the crate's root. `depth` is how deep the file's own module lies below it.
pub(super) fn imports(tokens: &[Token], depth: usize) -> Vec<Import> {
    let mut found = Vec::new();
    let (mut braces, mut inline) = (0, Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].text);
        match token.text {
            "{" => {
                braces += 1;
                if before(2) == "mod" {
                    inline.push(braces);
                }
            }
            "}" => {
                inline.pop_if(|opened| *opened == braces);
                braces -= 1;
            }
            "crate" if before(1) == "(" => {}
            "crate" | "distill_lab" => path(tokens, at + 1, 0, &mut found),
            "super" | "self" if before(1) != "::" && before(1) != "{" && before(1) != "," => {
                path(tokens, at, depth + inline.len(), &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Follows a path or a group of paths from `at`; `above` is how many modules lie between here and the root. Returns
/// where the path ends.
pub(super) fn path(tokens: &[Token], mut at: usize, mut above: usize, found: &mut Vec<Import>) {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    loop {
        let line = tokens.get(at.min(tokens.len() - 1)).map_or(0, |token| token.line);
        match text(at) {
            "::" => at += 1,
            "super" if text(at + 1) == "::" && above > 0 => {
                above -= 1;
                at += 1;
            }
            "self" if text(at + 1) == "::" => at += 1,
            "{" => {
                // Every member of the group goes on from here.
                let mut open = 0;
                for (member, token) in tokens.iter().enumerate().skip(at) {
                    match token.text {
                        "{" => open += 1,
                        "}" => open -= 1,
                        _ => {}
                    }
                    if open == 1 && matches!(token.text, "{" | ",") && text(member + 1) != "}" {
                        path(tokens, member + 1, above, found);
                    }
                    if open == 0 {
                        return;
                    }
                }
                return;
            }
            _ if above > 0 => return,
            name if name.starts_with(|c: char| c.is_alphabetic()) && !matches!(name, "self" | "as") => {
                return found.push(Import { name: name.to_owned(), line });
            }
            _ => return found.push(Import { name: "*".to_owned(), line }),
        }
    }
}
