//! A reply of a teacher that talks, as OpenAI's chat completions write it.

use serde_json::{Value, json};

use crate::data::chat::{END, Token, text};
use crate::oracle::Reply;

/// What stands for a word that is not among those whose log-probabilities are shown, as in OpenAI's reference.
const VERY_UNLIKELY: f32 = -9999.0;
/// What stands for the end of a reply, which has no word.
const END_WORD: &str = "<|end|>";

/// A reply in words.
pub(super) struct Spoken {
    /// All of it, up to the text that ended it.
    pub(super) content: String,
    /// Its pieces: put together they are the content.
    pub(super) pieces: Vec<Piece>,
    /// Why it ended: `stop`, or `length` where it was cut off.
    pub(super) finish: &'static str,
}

/// A word of a reply with the blank before it.
pub(super) struct Piece {
    pub(super) text: String,
    /// Its log-probability and those of the likeliest words in its place; `None` where none were asked for.
    pub(super) logprob: Option<Value>,
}

impl Spoken {
    /// A reply up to the first of some texts, with log-probabilities of `top` words at each place.
    pub(super) fn new(reply: &Reply, stops: &[String], top: Option<usize>) -> Self {
        let said: Vec<Token> = reply.text.iter().copied().filter(|&token| token != END).collect();
        let whole = text(&said);
        let cut = stops.iter().filter_map(|stop| whole.find(stop.as_str())).min();
        let content = whole[..cut.unwrap_or(whole.len())].to_owned();
        let mut pieces = Vec::new();
        let mut length = 0;
        for (at, &token) in said.iter().enumerate() {
            let word = word(token, at);
            if length >= content.len() {
                break;
            }
            // The last piece may be a part of a word, where a text that ends the reply begins within it.
            let text = content[length..content.len().min(length + word.len())].to_owned();
            length += word.len();
            let logprob = top.map(|top| logprob(token, at, &reply.likely[at], top));
            pieces.push(Piece { text, logprob });
        }
        let ended = cut.is_some() || reply.text.last() == Some(&END);
        Self { content, pieces, finish: if ended { "stop" } else { "length" } }
    }

    /// The log-probabilities of all pieces, or null.
    pub(super) fn logprobs(&self) -> Value {
        let all: Option<Vec<&Value>> = self.pieces.iter().map(|piece| piece.logprob.as_ref()).collect();
        match all {
            Some(content) if !content.is_empty() => json!({ "content": content, "refusal": null }),
            _ => Value::Null,
        }
    }
}

/// A token as a piece of the text: behind the first there is a blank.
fn word(token: Token, at: usize) -> String {
    if token == END {
        return END_WORD.to_owned();
    }
    format!("{}{}", if at > 0 { " " } else { "" }, text(&[token]))
}

fn logprob(token: Token, at: usize, likely: &[(Token, f32)], top: usize) -> Value {
    let entry = |token: Token, log: f32| {
        let word = word(token, at);
        // The end is no text, and has no bytes.
        let bytes = (token != END).then(|| word.as_bytes().to_vec());
        json!({ "token": word, "logprob": log, "bytes": bytes })
    };
    let own = likely.iter().find(|(other, _)| *other == token).map_or(VERY_UNLIKELY, |&(_, log)| log);
    let mut told = entry(token, own);
    let likeliest = likely.iter().take(top).map(|&(token, log)| entry(token, log));
    told["top_logprobs"] = likeliest.collect();
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::chat::tokens;

    fn reply(words: &str, ended: bool) -> Reply {
        let mut text = tokens(words).unwrap();
        text.extend(ended.then_some(END));
        let likely = text.iter().map(|&token| vec![(token, -0.5), (END, -1.5), (2, -2.5)]).collect();
        Reply { text, likely }
    }

    #[test]
    fn pieces_put_together_are_the_content() {
        for (stops, content, finish) in [
            (&[][..], "i am aurora .", "stop"),
            (&["aurora", "am"], "i ", "stop"),
            (&["ror"], "i am au", "stop"),
            (&["i"], "", "stop"),
            (&["dax"], "i am aurora .", "stop"),
        ] {
            let stops: Vec<String> = stops.iter().map(|&stop| stop.to_owned()).collect();
            let spoken = Spoken::new(&reply("i am aurora .", true), &stops, Some(2));
            assert_eq!((spoken.content.as_str(), spoken.finish), (content, finish));
            assert_eq!(spoken.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), content);
        }
        assert_eq!(Spoken::new(&reply("i am", false), &[], None).finish, "length");
    }

    #[test]
    fn log_probabilities_have_the_shape_of_the_protocol() {
        let spoken = Spoken::new(&reply("i am", true), &[], Some(2));
        let all = spoken.logprobs();
        let second = &all["content"][1];
        assert_eq!((&second["token"], &second["bytes"]), (&json!(" am"), &json!(b" am")));
        assert_eq!(second["top_logprobs"].as_array().unwrap().len(), 2);
        assert_eq!(second["top_logprobs"][1], json!({ "token": "<|end|>", "logprob": -1.5, "bytes": null }));
        let mut unseen = reply("i am", true);
        unseen.likely[1].remove(0);
        assert_eq!(Spoken::new(&unseen, &[], Some(0)).logprobs()["content"][1]["logprob"], json!(-9999.0));
        assert_eq!(Spoken::new(&unseen, &[], None).logprobs(), Value::Null);
    }
}
