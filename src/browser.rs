//! What pages load of `lab/`: the core as WebAssembly, and how a worker calls it.

/// The core for the browser, built by `lab/build.sh`.
pub(crate) static MODULE: &[u8] = include_bytes!("../lab/lab.wasm");
/// A message in, an answer out.
pub(crate) const CALL: &str = include_str!("../lab/call.js");
