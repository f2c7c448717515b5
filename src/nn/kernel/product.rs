//! Matrix products of the small sizes that layers have, in tiles whose sums stay in registers.
//!
//! ```text
//! C = A·B        a tile of C: up to 6 rows × 2 or 4 vectors, summed over the whole depth before it is written
//! ```
//!
//! A general product first copies both factors into an order of its own, which pays when the matrices are large. Here a
//! batch of 128 meets 16 to 128 units, and copying takes as long as multiplying. [`multiply`] has B in whole vectors
//! that can be read as they are; each is multiplied with single numbers of A, so that A may lie in any order. What
//! happens to a sum before it is written, such as ReLU, is done while it is in a register.
//!
//! Plain loops and `#[inline(always)]` throughout: a closure over vectors would be compiled for the plainest processor.

#![expect(clippy::needless_range_loop, reason = "an iterator takes a closure, which loses the wide instructions")]

use pulp::Simd;

use super::sheet::Sheet;
use crate::simd::mul_add;

/// Rows of a tile: 6 × 2 sums, two vectors of B and a number of A fill 15 of the 16 registers that AVX2 has. AVX-512
/// has 32 and takes 6 × 4 sums: taller tiles would need more places of A at a time than there are registers for
/// addresses.
const TALLEST: usize = 6;
/// Room for the vectors of a tile's row, whatever the processor.
const WIDEST: usize = 64;

/// A, as a product reads it.
pub(in crate::nn) trait Left: Copy {
    /// `R` rows, from `row` on.
    fn rows<const R: usize>(self, row: usize) -> impl Rows<R>;
}

/// Some rows of A.
pub(in crate::nn) trait Rows<const R: usize> {
    /// What they hold at depth `k`.
    fn at(&self, k: usize) -> [f32; R];
}

/// A as it lies: row by row, `stride` numbers apart, `depth` of them in use.
#[derive(Clone, Copy)]
pub(in crate::nn) struct Upright<'a> {
    pub(in crate::nn) numbers: &'a [f32],
    pub(in crate::nn) stride: usize,
    pub(in crate::nn) depth: usize,
}

struct UprightRows<'a, const R: usize>([&'a [f32]; R]);

impl Left for Upright<'_> {
    #[inline(always)]
    fn rows<const R: usize>(self, row: usize) -> impl Rows<R> {
        let mut rows: [&[f32]; R] = [&[]; R];
        for i in 0..R {
            // Cut to the depth here, so that no access needs a check of its own.
            rows[i] = &self.numbers[(row + i) * self.stride..][..self.depth];
        }
        UprightRows(rows)
    }
}

impl<const R: usize> Rows<R> for UprightRows<'_, R> {
    #[inline(always)]
    fn at(&self, k: usize) -> [f32; R] {
        let mut numbers = [0.0; R];
        for i in 0..R {
            numbers[i] = self.0[i][k];
        }
        numbers
    }
}

/// Aᵀ of numbers that lie row by row, `stride` apart.
#[derive(Clone, Copy)]
pub(in crate::nn) struct Turned<'a> {
    pub(in crate::nn) numbers: &'a [f32],
    pub(in crate::nn) stride: usize,
}

struct TurnedRows<'a> {
    numbers: &'a [f32],
    stride: usize,
}

impl Left for Turned<'_> {
    #[inline(always)]
    fn rows<const R: usize>(self, row: usize) -> impl Rows<R> {
        TurnedRows { numbers: &self.numbers[row..], stride: self.stride }
    }
}

impl<const R: usize> Rows<R> for TurnedRows<'_> {
    #[inline(always)]
    fn at(&self, k: usize) -> [f32; R] {
        *self.numbers[k * self.stride..].first_chunk().expect("rows of the left factor")
    }
}

/// What becomes of a row of sums.
pub(in crate::nn) trait Finish<S: Simd>: Copy {
    /// What the sums of a row start from.
    #[inline(always)]
    fn start(self, _row: usize) -> f32 {
        0.0
    }

    /// What is written for the sums of a row from `column` on.
    #[inline(always)]
    fn finish<const V: usize>(self, _simd: S, _row: usize, _column: usize, sums: [S::f32s; V]) -> [S::f32s; V] {
        sums
    }
}

/// The product as it is.
#[derive(Clone, Copy)]
pub(in crate::nn) struct Plain;

impl<S: Simd> Finish<S> for Plain {}

/// B: rows as long as C's, rounded up to whole vectors, `stride` numbers apart, `depth` of them. From wherever one
/// begins there is a whole stride of numbers to read.
#[derive(Clone, Copy)]
pub(in crate::nn) struct Right<'a> {
    pub(in crate::nn) numbers: &'a [f32],
    pub(in crate::nn) stride: usize,
    pub(in crate::nn) depth: usize,
}

/// Where C goes: row by row, `stride` numbers apart.
pub(in crate::nn) struct Out<'a> {
    pub(in crate::nn) numbers: &'a mut [f32],
    pub(in crate::nn) stride: usize,
    pub(in crate::nn) rows: usize,
    pub(in crate::nn) columns: usize,
}

impl<'a> Out<'a> {
    /// A sheet with the room behind its rows: whole vectors only.
    #[inline(always)]
    pub(in crate::nn) fn whole(sheet: &'a mut Sheet) -> Self {
        let (rows, columns) = (sheet.rows(), sheet.columns_with_room());
        let (numbers, stride) = sheet.parts_mut();
        Self { numbers, stride, rows, columns }
    }
}

/// C = A·B.
#[inline(always)]
pub(in crate::nn) fn multiply<S: Simd>(simd: S, left: impl Left, right: Right, finish: impl Finish<S>, mut out: Out) {
    // Columns outside: what they need of B is small enough for the nearest cache and stays there for all rows.
    let mut column = 0;
    while column < out.columns {
        // Four vectors where there are registers for their sums, one where two would be more than is left. Vectors of
        // sixteen mean AVX-512; a count of registers would mean WebAssembly too, which claims more than it runs on.
        if S::F32_LANES == 16 && out.columns - column >= 4 * S::F32_LANES {
            tiles::<S, 4>(simd, left, (right, column), finish, &mut out);
            column += 4 * S::F32_LANES;
        } else if out.columns - column > S::F32_LANES {
            tiles::<S, 2>(simd, left, (right, column), finish, &mut out);
            column += 2 * S::F32_LANES;
        } else {
            tiles::<S, 1>(simd, left, (right, column), finish, &mut out);
            column += S::F32_LANES;
        }
    }
}

/// All rows of C, `V` vectors of them from a column on, in tiles of nearly equal height.
#[inline(always)]
fn tiles<S: Simd, const V: usize>(
    simd: S,
    left: impl Left,
    right: (Right, usize),
    finish: impl Finish<S>,
    out: &mut Out,
) {
    let blocks = out.rows.div_ceil(TALLEST);
    for block in 0..blocks {
        let (row, end) = (out.rows * block / blocks, out.rows * (block + 1) / blocks);
        match end - row {
            6 => tile::<S, 6, V>(simd, left, right, finish, row, out),
            5 => tile::<S, 5, V>(simd, left, right, finish, row, out),
            4 => tile::<S, 4, V>(simd, left, right, finish, row, out),
            3 => tile::<S, 3, V>(simd, left, right, finish, row, out),
            2 => tile::<S, 2, V>(simd, left, right, finish, row, out),
            _ => tile::<S, 1, V>(simd, left, right, finish, row, out),
        }
    }
}

/// `R` rows of `V` vectors: the work itself.
#[inline(always)]
fn tile<S: Simd, const R: usize, const V: usize>(
    simd: S,
    left: impl Left,
    (right, column): (Right, usize),
    finish: impl Finish<S>,
    row: usize,
    out: &mut Out,
) {
    let left = left.rows::<R>(row);
    let mut sums = [[simd.splat_f32s(0.0); V]; R];
    for i in 0..R {
        sums[i] = [simd.splat_f32s(finish.start(row + i)); V];
    }
    for (k, row) in (0..right.depth).zip(right.numbers[column..].chunks_exact(right.stride)) {
        let vectors = S::as_simd_f32s(&row[..V * S::F32_LANES]).0;
        let factors = left.at(k);
        for i in 0..R {
            let factor = simd.splat_f32s(factors[i]);
            for v in 0..V {
                sums[i][v] = mul_add(simd, factor, vectors[v], sums[i][v]);
            }
        }
    }
    let width = (out.columns - column).min(V * S::F32_LANES);
    for i in 0..R {
        let sums = finish.finish(simd, row + i, column, sums[i]);
        let place = &mut out.numbers[(row + i) * out.stride + column..][..width];
        if width == V * S::F32_LANES {
            S::as_mut_simd_f32s(place).0.copy_from_slice(&sums);
        } else {
            let mut whole = [0.0; WIDEST];
            S::as_mut_simd_f32s(&mut whole).0[..V].copy_from_slice(&sums);
            place.copy_from_slice(&whole[..width]);
        }
    }
}
