//! Files that are made to do harm, and readers that go away: refused in a moment, in little memory.

use std::fs::{self, File};
use std::io::{BufWriter, Write, pipe};
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::place::Place;

const TABLE: &str = "run --data my.csv --label k --threads 1";

/// Refused with these words, in a moment, with an address space of 400 MB for everything.
fn refused_in_little_memory(place: &Place, words: &str) {
    refused_table(place, "my.csv", words);
}

/// The same for a table of another name.
fn refused_table(place: &Place, table: &str, words: &str) {
    let program = place.command(&TABLE.replace("my.csv", table));
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v 400000; exec \"$@\"", "sh"]).arg(program.get_program()).args(program.get_args());
    let begun = Instant::now();
    let output = shell.current_dir(place.path("")).stdin(Stdio::null()).output().expect("a shell");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(
        err.starts_with(&format!("error: --data: {table}: ")) && err.contains(words) && err.contains("\nhint: "),
        "{err}"
    );
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

/// A table that begins with these lines and goes on with a piece, again and again.
fn endless(start: &str, piece: &str, bytes: usize) -> Place {
    let place = Place::new();
    let mut file = BufWriter::new(File::create(place.path("my.csv")).expect("a file"));
    file.write_all(start.as_bytes()).expect("room");
    let block = piece.repeat(65_536 / piece.len());
    for _ in 0..bytes / block.len() {
        file.write_all(block.as_bytes()).expect("room");
    }
    file.flush().expect("room");
    place
}

#[test]
fn a_line_without_end_is_refused_where_it_begins() {
    refused_in_little_memory(&endless("", "c,", 4 << 20), "line 1 is longer than 1024 KiB");
    refused_in_little_memory(&endless("x,k\n1,a\n", "1,", 4 << 20), "line 3 is longer");
    refused_in_little_memory(&endless("x,k\n1,\"a", "1,a\n", 4 << 20), "line 2 is longer");
    // A single field of half a gigabyte, of which the disk holds nothing.
    let place = Place::with("my.csv", "x,k\n1,");
    File::options().append(true).open(place.path("my.csv")).expect("a file").set_len(500 << 20).expect("room");
    refused_in_little_memory(&place, "line 2 is longer");
}

#[test]
fn more_than_fits_is_refused_while_it_is_read() {
    refused_in_little_memory(&endless("x,k\n", "1,a\n", 9 << 20), "more than 2 million rows");
    let place = Place::new();
    File::create(place.path("my.csv")).expect("a file").set_len(2 << 30).expect("room");
    refused_in_little_memory(&place, "larger than 512 MiB");
}

#[test]
fn a_small_file_that_unpacks_to_a_large_one_is_refused_while_it_is_unpacked() {
    // Half a gigabyte and more of one kind of byte, in some hundred kilobytes.
    let bomb = |start: &str, piece: &str| {
        let place = Place::new();
        let file = File::create(place.path("my.csv.gz")).expect("a file");
        let mut packer = GzEncoder::new(BufWriter::new(file), Compression::fast());
        packer.write_all(start.as_bytes()).expect("room");
        let block = piece.repeat((1 << 20) / piece.len());
        for _ in 0..520 {
            packer.write_all(block.as_bytes()).expect("room");
        }
        packer.finish().and_then(|mut file| file.flush()).expect("room");
        place
    };
    refused_table(&bomb("x,k\n1,", "a"), "my.csv.gz", "line 2 is longer");
    refused_table(&bomb("x,k\n", "1,a\n"), "my.csv.gz", "more than 2 million rows");
    // Blank lines belong to the row that they put off.
    refused_table(&bomb("", "\n"), "my.csv.gz", "longer than 1024 KiB");
    refused_table(
        &bomb(&format!("x,k\n1,{}\n", "a".repeat(1_000_000)), &format!("1,{}\n", "a".repeat(1_000))),
        "my.csv.gz",
        "larger than 512 MiB",
    );
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let place = Place::new();
    fs::create_dir(place.path("my.csv")).expect("a folder");
    refused_in_little_memory(&place, "this is a folder");
    for device in ["/dev/zero", "/dev/null"] {
        let place = Place::new();
        symlink(device, place.path("my.csv")).expect("a link");
        refused_in_little_memory(&place, "a pipe or a device");
    }
    let place = Place::new();
    assert!(Command::new("mkfifo").arg(place.path("my.csv")).status().is_ok_and(|made| made.success()));
    refused_in_little_memory(&place, "a pipe or a device");
    let place = Place::new();
    symlink("my.csv", place.path("my.csv")).expect("a link");
    refused_in_little_memory(&place, "could not be read");
}

#[test]
fn a_partner_who_has_heard_enough_is_no_error() {
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    let mut child = Place::new()
        .command("chat --quick")
        .stdin(Stdio::piped())
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(b"who are you ?\nwho are you ?\n").expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && err.ends_with("Ctrl-D ends.\n"), "{}: {err}", output.status);
}
