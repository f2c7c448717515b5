//! Which kind of processor this is, as far as it decides the last bits of the records.

/// Where it is said beside the reference, of which it is no part: it is not compared.
pub(super) const FILE: &str = "processor.txt";

/// The architecture and the operating system, whose library has the logarithms and sines, and whether a product is
/// added in one step or in two. The width of the vectors is no part of it: the order of sums does not depend on it,
/// neither here nor in `matrixmultiply`, which takes the fused step where this program does. The libraries of Linux
/// choose by the same too.
pub(super) fn kind() -> String {
    let sums = if distill_lab::simd::fused() { "fused multiply-add" } else { "separate multiply and add" };
    format!("{} {}, {sums}", std::env::consts::ARCH, std::env::consts::OS)
}
