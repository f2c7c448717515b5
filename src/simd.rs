//! Runs a pass over numbers with the widest instructions that the processor has.
//!
//! The program is compiled for any processor of its family, which on x86-64 means four numbers at a time. What runs
//! inside of `widest` is compiled a second time for AVX2 and FMA, eight numbers at a time, and chosen when the
//! program runs. The `unsafe` that this takes is `pulp`'s.
//!
//! Only what is inlined into the pass takes part. So a pass is a type of its own whose `with_simd` and all it calls
//! are `#[inline(always)]`; a closure, which cannot say so, would be compiled for the plainest processor.

use std::any::TypeId;

use pulp::{Arch, Scalar128b, Simd, WithSimd};

/// Runs `pass`: loops that the compiler turns into vector instructions, or vector instructions by name.
#[inline(always)]
pub(crate) fn widest<P: WithSimd>(pass: P) -> P::Output {
    match Arch::new() {
        // What `pulp` calls scalar works on one number at a time; any processor can do better.
        Arch::Scalar => Scalar128b.vectorize(pass),
        arch => arch.dispatch(pass),
    }
}

/// Whether this processor adds a product in one step, rounding once, where others round the product and then the sum.
/// It is what decides the last bits of a training: how many numbers are worked on at a time does not.
pub fn fused() -> bool {
    struct Ask;
    impl WithSimd for Ask {
        type Output = bool;

        #[inline(always)]
        fn with_simd<S: Simd>(self, _: S) -> bool {
            fuses::<S>()
        }
    }
    widest(Ask)
}

#[inline(always)]
fn fuses<S: Simd>() -> bool {
    TypeId::of::<S>() != TypeId::of::<Scalar128b>()
}

/// a·b + c, rounded once where the processor has an instruction for it. Where it has none, rounding once is a call to
/// a library for every number, and rounding twice will do.
#[inline(always)]
pub(crate) fn mul_add<S: Simd>(simd: S, a: S::f32s, b: S::f32s, c: S::f32s) -> S::f32s {
    if fuses::<S>() { simd.mul_add_e_f32s(a, b, c) } else { simd.add_f32s(simd.mul_f32s(a, b), c) }
}
