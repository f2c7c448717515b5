//! What a training step computes, made to be fast: the same sums as [`backprop`](super::backprop) in vector code.
//!
//! Inside a training step every array is laid out **units × batch**: one row per unit, one column per example. Bias,
//! ReLU and softmax then run along the batch, where the processor works on eight or sixteen numbers at a time, and
//! every layer is one matrix product. Outside, points are rows as usual (n × dimension).
//!
//! The order in which numbers are added up is a part of every result, since records are compared byte for byte. It is
//! the same here for vectors of any width.
//!
//! Reading order: `sheet` (numbers in rows with room for whole vectors, `aligned` in memory), `product` (sums of a tile
//! in registers), `dense` (one layer's products), `forward` and `gradient` (all layers), then `softmax` with `exp`,
//! `turn` (rows become columns) and `update` (the optimiser's pass over all parameters).

mod aligned;
pub(super) mod dense;
mod exp;
mod forward;
mod gradient;
pub(super) mod product;
mod sheet;
mod softmax;
mod turn;
mod update;

pub(super) use aligned::Aligned;
pub(super) use exp::exp;
pub(super) use gradient::Gradient;
pub(super) use sheet::Sheet;
pub(super) use softmax::{batch_loss, softmax_gradient};
pub(super) use update::update;
