//! Turns a sheet round, rows into columns, in squares of eight by eight.
//!
//! A square is read and written in pieces that lie together. With AVX it stays in eight registers in between: pairs of
//! rows are interleaved, then pairs of pairs, then halves. Compilers do not find this by themselves.

use super::sheet::Sheet;

/// The side of a square.
pub(in crate::nn) const SQUARE: usize = 8;

impl Sheet {
    /// Writes the columns of this sheet into the rows of another. Whole squares are written: what comes to stand in the
    /// room beyond its edges means nothing.
    pub(in crate::nn) fn turn_into(&self, turned: &mut Sheet) {
        assert_eq!((self.rows(), self.columns()), (turned.columns(), turned.rows()), "as many rows as columns there");
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            return simd.vectorize(avx::Turn { simd, from: self, to: turned });
        }
        plainly(self, turned);
    }
}

/// Number by number, on any processor.
fn plainly(from: &Sheet, to: &mut Sheet) {
    for row in (0..from.rows()).step_by(SQUARE) {
        for column in (0..from.columns()).step_by(SQUARE) {
            for j in 0..SQUARE {
                for i in 0..SQUARE {
                    to.chunk_mut::<SQUARE>(column + j, row)[i] = from.chunk::<SQUARE>(row + i, column)[j];
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx {
    use std::arch::x86_64::__m256;

    use pulp::x86::V3;
    use pulp::{NullaryFnOnce, cast};

    use super::{SQUARE, Sheet};

    type Square<T> = [T; SQUARE];
    type Part = [f32; SQUARE];

    pub(super) struct Turn<'a> {
        pub(super) simd: V3,
        pub(super) from: &'a Sheet,
        pub(super) to: &'a mut Sheet,
    }

    impl NullaryFnOnce for Turn<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            let Self { simd, from, to } = self;
            let (columns, rows) = (from.columns(), from.rows());
            let (numbers, stride) = from.parts();
            let (turned_numbers, turned_stride) = to.parts_mut();
            // Eight rows at a time become eight columns; lengths are told once, so that no access needs a check.
            let bands = numbers.chunks_exact(SQUARE * stride).take(rows.div_ceil(SQUARE));
            for (row, band) in (0..).step_by(SQUARE).zip(bands) {
                let band: Square<&[Part]> = std::array::from_fn(|i| band[i * stride..][..stride].as_chunks().0);
                let across = turned_numbers.chunks_exact_mut(SQUARE * turned_stride).take(columns.div_ceil(SQUARE));
                for (square, place) in across.enumerate() {
                    let parts = turned(simd, band.map(|part| cast(part[square])));
                    for (place, part) in place.chunks_exact_mut(turned_stride).zip(parts) {
                        *place[row..].first_chunk_mut::<SQUARE>().expect("rows have room") = cast(part);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn turned(simd: V3, [a, b, c, d, e, f, g, h]: Square<__m256>) -> Square<__m256> {
        let avx = simd.avx;
        let [ab, ab_high] = [avx._mm256_unpacklo_ps(a, b), avx._mm256_unpackhi_ps(a, b)];
        let [cd, cd_high] = [avx._mm256_unpacklo_ps(c, d), avx._mm256_unpackhi_ps(c, d)];
        let [ef, ef_high] = [avx._mm256_unpacklo_ps(e, f), avx._mm256_unpackhi_ps(e, f)];
        let [gh, gh_high] = [avx._mm256_unpacklo_ps(g, h), avx._mm256_unpackhi_ps(g, h)];
        let low = |x, y| avx._mm256_shuffle_ps::<0b01_00_01_00>(x, y);
        let high = |x, y| avx._mm256_shuffle_ps::<0b11_10_11_10>(x, y);
        let upper = [low(ab, cd), high(ab, cd), low(ab_high, cd_high), high(ab_high, cd_high)];
        let lower = [low(ef, gh), high(ef, gh), low(ef_high, gh_high), high(ef_high, gh_high)];
        let mut turned = [a; SQUARE];
        for j in 0..SQUARE / 2 {
            turned[j] = avx._mm256_permute2f128_ps::<0x20>(upper[j], lower[j]);
            turned[j + SQUARE / 2] = avx._mm256_permute2f128_ps::<0x31>(upper[j], lower[j]);
        }
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn rows_become_columns_on_any_processor() {
        for (rows, columns) in [(1, 1), (8, 8), (7, 17), (16, 5), (128, 144)] {
            let numbers = Array2::from_shape_fn((rows, columns), |(i, j)| (1000 * i + j) as f32);
            for turn in [Sheet::turn_into, plainly] {
                let mut turned = Sheet::zeros(columns, rows);
                turn(&Sheet::of(numbers.view()), &mut turned);
                assert_eq!(turned.view(), numbers.t(), "{rows} × {columns}");
            }
        }
    }
}
