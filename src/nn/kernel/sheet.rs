//! Numbers in rows, each with room to spare at its end, so that a matrix product meets whole vectors only.

use std::ops::Range;

use ndarray::{ArrayView2, ShapeBuilder};

use super::Aligned;
use super::product::Right;
use super::turn::SQUARE;

/// Rows have room for a multiple of this many numbers: two of the widest vectors in use, and a line of the cache.
const ROOM: usize = 16;

/// Rows × columns. What stands in the room behind a row means nothing.
#[derive(Clone, Debug)]
pub(in crate::nn) struct Sheet {
    numbers: Aligned,
    rows: usize,
    columns: usize,
    stride: usize,
}

impl Sheet {
    pub(in crate::nn) fn zeros(rows: usize, columns: usize) -> Self {
        // An odd number of cache lines from row to row: rows an even number apart share few places of the cache, and a
        // column of a hundred of them would not stay in it.
        let stride = (columns.div_ceil(ROOM) | 1) * ROOM;
        // One row more than squares need: a product that begins in the middle of a row reads on into the next.
        Self { numbers: Aligned::zeros((rows.next_multiple_of(SQUARE) + 1) * stride), rows, columns, stride }
    }

    /// A copy of these rows × columns.
    pub(in crate::nn) fn of(numbers: ArrayView2<f32>) -> Self {
        let mut sheet = Self::zeros(numbers.nrows(), numbers.ncols());
        sheet.fill(numbers);
        sheet
    }

    /// Copies rows into the first rows of the sheet.
    pub(in crate::nn) fn fill(&mut self, rows: ArrayView2<f32>) {
        for (to, from) in self.iter_mut().zip(rows.rows()) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
        }
    }

    #[inline(always)]
    pub(in crate::nn) fn rows(&self) -> usize {
        self.rows
    }

    #[inline(always)]
    pub(in crate::nn) fn columns(&self) -> usize {
        self.columns
    }

    /// The columns, rounded up to whole vectors.
    #[inline(always)]
    pub(in crate::nn) fn columns_with_room(&self) -> usize {
        self.columns.next_multiple_of(ROOM)
    }

    /// All numbers, the room between the rows included, and the distance from row to row.
    #[inline(always)]
    pub(in crate::nn) fn parts(&self) -> (&[f32], usize) {
        (&self.numbers, self.stride)
    }

    /// The same, to be written.
    #[inline(always)]
    pub(in crate::nn) fn parts_mut(&mut self) -> (&mut [f32], usize) {
        (&mut self.numbers, self.stride)
    }

    #[inline(always)]
    pub(in crate::nn) fn iter(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.chunks_exact(self.stride).take(self.rows).map(|row| &row[..self.columns])
    }

    #[inline(always)]
    pub(in crate::nn) fn iter_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.numbers.chunks_exact_mut(self.stride).take(self.rows).map(|row| &mut row[..self.columns])
    }

    /// The rows of a range, from a column on, as the right factor of a product.
    #[inline(always)]
    pub(in crate::nn) fn right(&self, rows: Range<usize>, column: usize) -> Right<'_> {
        Right { numbers: &self.numbers[rows.start * self.stride + column..], stride: self.stride, depth: rows.len() }
    }

    /// Some numbers of a row from a column on, the room behind it included.
    #[inline(always)]
    pub(in crate::nn) fn chunk<const N: usize>(&self, row: usize, column: usize) -> &[f32; N] {
        self.numbers[row * self.stride + column..].first_chunk().expect("rows have room")
    }

    /// The same, to be written.
    #[inline(always)]
    pub(in crate::nn) fn chunk_mut<const N: usize>(&mut self, row: usize, column: usize) -> &mut [f32; N] {
        self.numbers[row * self.stride + column..].first_chunk_mut().expect("rows have room")
    }

    /// Rows × columns, without the room.
    pub(in crate::nn) fn view(&self) -> ArrayView2<'_, f32> {
        let shape = (self.rows, self.columns).strides((self.stride, 1));
        ArrayView2::from_shape(shape, &self.numbers).expect("rows that lie apart")
    }
}
