//! Numbers that begin where a line of the cache begins.
//!
//! A vector of sixteen numbers is as long as a line. Where lists begin by chance, every one of them lies across two
//! lines, and storing such a vector takes so long that the optimiser's pass took three times its time.

use std::ops::{Deref, DerefMut};

/// Numbers in a line of the cache.
const LINE: usize = 16;

/// A list of numbers of fixed length.
#[derive(Debug)]
pub(in crate::nn) struct Aligned {
    room: Vec<f32>,
    start: usize,
    length: usize,
}

impl Aligned {
    pub(in crate::nn) fn zeros(length: usize) -> Self {
        let room = vec![0.0; length + LINE];
        let line = LINE * size_of::<f32>();
        let start = (line - room.as_ptr().addr() % line) / size_of::<f32>();
        Self { room, start, length }
    }
}

impl From<&[f32]> for Aligned {
    fn from(numbers: &[f32]) -> Self {
        let mut aligned = Self::zeros(numbers.len());
        aligned.copy_from_slice(numbers);
        aligned
    }
}

impl Clone for Aligned {
    /// The copy lies elsewhere and finds its own beginning.
    fn clone(&self) -> Self {
        Self::from(&**self)
    }
}

impl PartialEq for Aligned {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Deref for Aligned {
    type Target = [f32];

    #[inline(always)]
    fn deref(&self) -> &[f32] {
        &self.room[self.start..][..self.length]
    }
}

impl DerefMut for Aligned {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.room[self.start..][..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_any_length_begin_with_a_line_and_so_do_their_copies() {
        for length in [0, 1, 16, 405, 4677] {
            let numbers: Vec<f32> = (0..length).map(|i| i as f32).collect();
            let list = Aligned::from(&numbers[..]);
            for list in [&list, &list.clone()] {
                assert_eq!(**list, numbers);
                assert_eq!(list.as_ptr().addr() % 64, 0);
            }
        }
    }
}
