//! A reader that tidies line ends and refuses to go on for ever.
//!
//! `\r\n` and `\r` become `\n`, and a last line without an end gets one. Every record then ends in one `\n`, so the
//! line of a record can be told from the number of `\n` that went before. The reader also counts bytes, so that a
//! quotation mark that is never closed cannot pull the whole file into one cell.

use std::cell::Cell;
use std::io::{Error, Read, Result};
use std::rc::Rc;

use super::CsvError;
use super::read::{MAX_FILE, MAX_RECORD};

/// The tidying reader.
pub(super) struct Lines<R> {
    inner: R,
    in_file: u64,
    in_record: Rc<Cell<u64>>,
    after_return: bool,
    last: u8,
}

impl<R: Read> Lines<R> {
    /// Reads from `inner`. The reader of its records sets `in_record` to 0 before each.
    pub(super) fn new(inner: R, in_record: Rc<Cell<u64>>) -> Self {
        Self { inner, in_file: 0, in_record, after_return: false, last: b'\n' }
    }

    /// Turns returns into line ends in place; gives the new length.
    fn tidy(&mut self, bytes: &mut [u8]) -> usize {
        if !self.after_return && !bytes.contains(&b'\r') {
            return bytes.len();
        }
        let mut kept = 0;
        for read in 0..bytes.len() {
            let byte = bytes[read];
            if !(byte == b'\n' && self.after_return) {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
            self.after_return = byte == b'\r';
        }
        kept
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        // An empty answer means the end, so a chunk that tidies away to nothing is followed by the next.
        loop {
            let read = self.inner.read(buffer)?;
            if read == 0 {
                let unfinished = self.last != b'\n' && !buffer.is_empty();
                if unfinished {
                    buffer[0] = b'\n';
                    self.last = b'\n';
                }
                return Ok(usize::from(unfinished));
            }
            self.in_file += read as u64;
            self.in_record.set(self.in_record.get() + read as u64);
            if self.in_file > MAX_FILE {
                return Err(Error::other(CsvError::FileTooLarge));
            }
            if self.in_record.get() > MAX_RECORD {
                return Err(Error::other(CsvError::LineTooLong { line: 0 }));
            }
            let kept = self.tidy(&mut buffer[..read]);
            if kept > 0 {
                self.last = buffer[kept - 1];
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_becomes_one_wherever_the_chunks_fall() {
        for size in 1..8 {
            let mut lines = Lines::new(&b"a\r\nb\rc\n\r\n\r\r\nd"[..], Rc::default());
            let (mut text, mut chunk) = (Vec::new(), vec![0; size]);
            loop {
                match lines.read(&mut chunk).expect("bytes in memory") {
                    0 => break,
                    read => text.extend_from_slice(&chunk[..read]),
                }
            }
            assert_eq!(text, b"a\nb\nc\n\n\n\nd\n", "chunks of {size}");
        }
    }
}
