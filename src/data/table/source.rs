//! Bytes to begin with: unpacked where they are gzip, and named for what they are where they are no table.

use std::io::{Cursor, Error, ErrorKind, Read, Result};

use flate2::read::MultiGzDecoder;

use super::CsvError;
use super::read::MAX_RECORD;

/// What a compressed table begins with.
const GZIP: &[u8] = b"\x1f\x8b";

/// First bytes of files that are no tables: what they are, and what to do.
const FOREIGN: [(&[u8], &str, &str); 15] = [
    (GZIP, "a file packed twice", "unpack it once (gunzip)"),
    (b"BZh9", "a file packed with bzip2", "unpack it (bunzip2), or pack it with gzip"),
    (b"\xfd7zXZ", "a file packed with xz", "unpack it (unxz), or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd", "unpack it (unzstd), or pack it with gzip"),
    (b"PK\x03\x04", "a spreadsheet or another zip archive", "save the sheet as CSV, or unpack the archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet of an old kind", "save the sheet as CSV"),
    (b"PAR1\x15", "a Parquet file", "write it as CSV (pandas: read_parquet, then to_csv with index=False)"),
    (b"ARROW1\0", "an Arrow file", "write it as CSV (pandas: read_feather, then to_csv with index=False)"),
    (b"\x89HDF", "an HDF5 file", "write the table in it as CSV"),
    (b"\x93NUMPY", "a NumPy array", "write it as CSV (numpy.savetxt with delimiter=\",\" and a header)"),
    (b"SQLite format 3\0", "an SQLite database", "write one of its tables as CSV (sqlite3 -header -csv)"),
    (b"%PDF", "a PDF", "look for the table itself"),
    (b"\xff\xfe", "text in UTF-16", "save the table again as \"CSV UTF-8\""),
    (b"\xfe\xff", "text in UTF-16", "save the table again as \"CSV UTF-8\""),
    (
        b"version https://git-lfs",
        "a pointer that git-lfs left, not the file itself",
        "fetch the file with: git lfs pull",
    ),
];

/// The same for texts, in small letters and after blanks.
const FOREIGN_TEXT: [(&str, &str, &str); 8] = [
    ("<!doctype html", "a web page", "download the file itself (on GitHub it is behind the button Raw)"),
    ("<html", "a web page", "download the file itself (on GitHub it is behind the button Raw)"),
    ("<?xml", "XML", "write the table in it as CSV"),
    ("{", "JSON", "write it as CSV (pandas: read_json, then to_csv with index=False)"),
    ("[{", "JSON", "write it as CSV (pandas: read_json, then to_csv with index=False)"),
    ("[[", "JSON", "write it as CSV, with a header line of column names"),
    ("@relation", "an ARFF file", "keep what follows @data, under a header line of column names"),
    ("% ", "an ARFF file", "keep what follows @data, under a header line of column names"),
];

/// The beginning of a table, long enough for its first line whatever may be read, and the rest.
pub(super) fn begin<'a>(source: impl Read + 'a) -> std::result::Result<(Vec<u8>, Box<dyn Read + 'a>), CsvError> {
    let (mut head, rest) = split(source)?;
    let mut rest: Box<dyn Read + 'a> = Box::new(rest);
    if head.starts_with(GZIP) {
        let (unpacked, more) = split(Unpacked(MultiGzDecoder::new(Cursor::new(head).chain(rest))))?;
        (head, rest) = (unpacked, Box::new(more));
    }
    let start = head.trim_ascii_start();
    let start = String::from_utf8_lossy(&start[..start.len().min(20)]).to_ascii_lowercase();
    let text = FOREIGN_TEXT.iter().find(|(first, ..)| start.trim_start_matches('\u{feff}').starts_with(first));
    let bytes = FOREIGN.iter().find(|(first, ..)| head.starts_with(first));
    match bytes.map(|(_, what, cure)| (what, cure)).or(text.map(|(_, what, cure)| (what, cure))) {
        Some((what, cure)) => Err(CsvError::Foreign { what, cure }),
        None => Ok((head, rest)),
    }
}

fn split<R: Read>(mut source: R) -> std::result::Result<(Vec<u8>, R), CsvError> {
    let mut head = Vec::new();
    source.by_ref().take(MAX_RECORD).read_to_end(&mut head).map_err(CsvError::of_reading)?;
    Ok((head, source))
}

/// A reader of gzip that tells a damaged file from one that the operating system refuses.
struct Unpacked<R>(MultiGzDecoder<R>);

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
                Error::other(CsvError::Damaged)
            }
            _ => error,
        })
    }
}
