//! One exchange with the server, as often as it takes: waiting, smaller batches, and when to give up.

use std::thread::sleep;
use std::time::Duration;

use super::http::{Http, Meaning, Reply};
use super::teacher::Surroundings;
use super::trouble::Trouble;

/// How often a request is tried, and how long the first wait is; each is twice as long as the one before.
const TRIES: u32 = 6;
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// A server that asks for a longer wait has ended the run.
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// Shorter waits are nothing to speak of.
const WORTH_TELLING: Duration = Duration::from_secs(3);
/// A wait ends this soon after somebody asked to stop.
const SLICE: Duration = Duration::from_millis(50);

/// What came of a request.
pub(super) enum Outcome {
    /// An answer, as text.
    Answered(Vec<u8>),
    /// The batch has to be smaller: at most so many points.
    Smaller(usize),
    /// The request itself is refused, or leads to an error every time.
    NotSo(String),
}

/// Sends a request of `count` points until something comes of it. `patient`: errors of the server are waited out.
///
/// # Errors
/// [`Trouble`] where nothing will.
pub(super) fn exchange(
    http: &Http,
    around: &Surroundings,
    count: usize,
    patient: bool,
    send: impl Fn() -> Result<Reply, String>,
) -> Result<Outcome, Trouble> {
    let mut tries = 0;
    loop {
        if (around.stop)() {
            return Err(Trouble::Stopped);
        }
        let (why, asked) = match send() {
            Err(unreachable) => (unreachable, None),
            Ok(reply) => match reply.meaning() {
                Meaning::Answer => return Ok(Outcome::Answered(reply.body)),
                Meaning::TooLong if count > 1 => return Ok(Outcome::Smaller(count / 2)),
                Meaning::Over => return Err(Trouble::Ended(http.said(&reply))),
                Meaning::TooLong | Meaning::NotSo => return Ok(Outcome::NotSo(http.said(&reply))),
                Meaning::Later => {
                    let limited = reply.status == 429;
                    match reply.room {
                        // There is room for a part of it at once.
                        Some(room) if limited && (1..count).contains(&room) => return Ok(Outcome::Smaller(room)),
                        // A batch that is larger than all the room there ever is would wait for good.
                        _ if limited && tries > 0 && count > 1 => {
                            pause(around, reply.wait.unwrap_or(FIRST_WAIT), &http.said(&reply))?;
                            return Ok(Outcome::Smaller(count / 2));
                        }
                        _ if !limited && !patient => return Ok(Outcome::NotSo(http.said(&reply))),
                        _ => (http.said(&reply), reply.wait),
                    }
                }
            },
        };
        tries += 1;
        if tries == TRIES {
            return Err(Trouble::Ended(format!("{why}; so {TRIES} times in a row")));
        }
        pause(around, asked.unwrap_or(FIRST_WAIT * 2u32.pow(tries - 1)), &why)?;
    }
}

/// Waits, unless that is too long or somebody asks to stop.
fn pause(around: &Surroundings, wait: Duration, why: &str) -> Result<(), Trouble> {
    let seconds = wait.as_secs();
    if wait > LONGEST_WAIT {
        return Err(Trouble::Ended(format!("{why}; it asks for a wait of {seconds} seconds")));
    }
    if wait >= WORTH_TELLING {
        (around.tell)(&format!("waiting for {seconds} seconds: {why}"));
    }
    let mut left = wait;
    while left > Duration::ZERO {
        if (around.stop)() {
            return Err(Trouble::Stopped);
        }
        let slice = left.min(SLICE);
        sleep(slice);
        left -= slice;
    }
    Ok(())
}
