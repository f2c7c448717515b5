//! Which kind of processor this is: records are the same bytes on the same kind.

/// Where it is said beside the reference, of which it is no part: it is not compared.
pub(super) const FILE: &str = "processor.txt";

/// The architecture, the operating system, and the vector instructions that products of matrices choose from as the
/// program runs: another choice rounds otherwise in the last digit.
pub(super) fn kind() -> String {
    let words = [std::env::consts::ARCH, std::env::consts::OS].into_iter().chain(vectors());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(target_arch = "x86_64")]
fn vectors() -> Vec<&'static str> {
    let found = [
        ("avx512f", is_x86_feature_detected!("avx512f")),
        ("avx2", is_x86_feature_detected!("avx2")),
        ("fma", is_x86_feature_detected!("fma")),
        ("avx", is_x86_feature_detected!("avx")),
    ];
    found.into_iter().filter(|(_, found)| *found).map(|(name, _)| name).collect()
}

#[cfg(not(target_arch = "x86_64"))]
fn vectors() -> Vec<&'static str> {
    Vec::new()
}
