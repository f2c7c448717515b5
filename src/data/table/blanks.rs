//! A reader that leaves one blank of several, and none at the ends of lines: columns that are aligned by blanks.

use std::io::{BufRead, BufReader, Read, Result};
use std::mem::take;

/// The reader. Blanks between quotation marks stay.
pub(super) struct Blanks<R> {
    inner: BufReader<R>,
    /// Whether blanks have been read since the last byte that was handed on.
    blank: bool,
    in_line: bool,
    in_quotes: bool,
}

impl<R: Read> Blanks<R> {
    /// Reads from `inner`.
    pub(super) fn new(inner: R) -> Self {
        Self { inner: BufReader::new(inner), blank: false, in_line: false, in_quotes: false }
    }
}

impl<R: Read> Read for Blanks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut kept = 0;
        // An empty answer means the end, so blanks alone are followed by what comes after them.
        while kept == 0 && !buffer.is_empty() {
            let bytes = self.inner.fill_buf()?;
            if bytes.is_empty() {
                break;
            }
            let mut used = 0;
            while used < bytes.len() && kept < buffer.len() {
                let byte = bytes[used];
                let is_end = byte == b'\n' || byte == b'\r';
                if !self.in_quotes && (byte == b' ' || byte == b'\t') {
                    self.blank = true;
                    used += 1;
                    continue;
                }
                if take(&mut self.blank) && self.in_line && !is_end {
                    buffer[kept] = b' ';
                    kept += 1;
                    continue;
                }
                buffer[kept] = byte;
                kept += 1;
                used += 1;
                self.in_quotes ^= byte == b'"';
                self.in_line = self.in_quotes || !is_end;
            }
            self.inner.consume(used);
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_between_cells_become_one_wherever_the_chunks_fall() {
        for size in 1..8 {
            let mut blanks = Blanks::new(&b"  x \t y  \n\n 1   \"a  b\n  c\"  \n2 3"[..]);
            let (mut text, mut chunk) = (Vec::new(), vec![0; size]);
            loop {
                match blanks.read(&mut chunk).expect("bytes in memory") {
                    0 => break,
                    read => text.extend_from_slice(&chunk[..read]),
                }
            }
            assert_eq!(text, b"x y\n\n1 \"a  b\n  c\"\n2 3", "chunks of {size}");
        }
    }
}
