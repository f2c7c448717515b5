//! The fonts of the figures, so that text and figures look the same everywhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::plot::{BOLD, REGULAR};

/// Rules that load both weights from the page itself.
pub(super) fn rules() -> String {
    let rule = |weight: u32, font: &[u8]| {
        let data = STANDARD.encode(font);
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};font-display:swap;\
             src:url(data:font/otf;base64,{data}) format(\"opentype\")}}\n"
        )
    };
    rule(400, REGULAR) + &rule(700, BOLD)
}
