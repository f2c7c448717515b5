//! Named random streams: every random number of a run comes from a seed and the name of what it is for.
//!
//! A [`Seed`] is a master number and a path of names, such as `world / 3 / teacher`. Two different paths give
//! independent streams, and the same path gives the same stream whatever was drawn elsewhere. So a trial's
//! numbers depend on what it *is*, never on when or on which thread it ran.
//!
//! ```
//! use distill_lab::seed::Seed;
//! use rand::Rng;
//!
//! let replicate = Seed::new(0).child("world").child(3);
//! let first: u64 = replicate.child("teacher").stream().random();
//! let again: u64 = replicate.child("teacher").stream().random();
//! let other: u64 = replicate.child("student").stream().random();
//! assert_eq!(first, again);
//! assert_ne!(first, other);
//! ```

use std::fmt::Display;
use std::hash::Hasher;

use fnv::FnvHasher;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A stream of random numbers, the same on every machine and with every version of `rand_chacha` 0.9.
pub type Stream = ChaCha8Rng;

/// The name of a random stream: a master number and a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    master: u64,
    path: u64,
}

impl Seed {
    /// The root of all streams of a run.
    pub fn new(master: u64) -> Self {
        Self { master, path: fingerprint("") }
    }

    /// The stream name one step further down: `seed.child("world").child(3)`.
    pub fn child(self, name: impl Display) -> Self {
        // The separator keeps `a/bc` and `ab/c` apart.
        Self { path: extend(FnvHasher::with_key(self.path), format!("/{name}").as_bytes()), ..self }
    }

    /// The random numbers that belong to this name.
    pub fn stream(self) -> Stream {
        let mut stream = ChaCha8Rng::seed_from_u64(self.master);
        stream.set_stream(self.path);
        stream
    }
}

/// A 64-bit fingerprint of a text or of bytes, the same on every machine: FNV-1a (Fowler, Noll, Vo).
pub fn fingerprint(text: impl AsRef<[u8]>) -> u64 {
    extend(FnvHasher::default(), text.as_ref())
}

fn extend(mut hasher: FnvHasher, text: &[u8]) -> u64 {
    hasher.write(text);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn fingerprint_matches_the_published_vectors() {
        // Test vectors of the FNV reference distribution, FNV-1a, 64 bits.
        assert_eq!(fingerprint(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fingerprint("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_path_is_more_than_the_letters_in_it() {
        let root = Seed::new(7);
        assert_ne!(root.child("a").child("bc"), root.child("ab").child("c"));
        assert_ne!(root.child(1).child(11), root.child(11).child(1));
    }

    #[test]
    fn the_master_number_changes_every_stream() {
        let draw = |master: u64| Seed::new(master).child("x").stream().random::<u64>();
        assert_ne!(draw(0), draw(1));
    }
}
