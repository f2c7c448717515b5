//! Any text as a saved finding: refused, or drawn.

#![no_main]

use distill_lab::experiment::records;
use distill_lab::plot;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(finding) = records::read_finding(&String::from_utf8_lossy(bytes)) else { return };
    for figure in &finding.figures {
        // An error is an answer; a panic is what is looked for.
        let _ = plot::draw(figure, &finding.command);
    }
});
