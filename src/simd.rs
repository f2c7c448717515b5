//! Runs a pass over numbers with the widest instructions that the processor has.
//!
//! The program is compiled for any processor of its family, which on x86-64 means four numbers at a time. What runs
//! inside of `widest` is compiled again for AVX2 and FMA, eight numbers at a time, and for AVX-512, sixteen at a time,
//! and chosen when the program runs. The `unsafe` that this takes is `pulp`'s.
//!
//! Only what is inlined into the pass takes part. So a pass is a type of its own whose `with_simd` and all it calls
//! are `#[inline(always)]`; a closure, which cannot say so, would be compiled for the plainest processor.

use std::any::TypeId;

use pulp::{Arch, Scalar128b, Simd, WithSimd};

/// Runs `pass`: loops that the compiler turns into vector instructions, or vector instructions by name.
#[inline(always)]
pub(crate) fn widest<P: WithSimd>(pass: P) -> P::Output {
    match arch() {
        // What `pulp` calls scalar works on one number at a time; any processor can do better.
        Arch::Scalar => Scalar128b.vectorize(pass),
        arch => arch.dispatch(pass),
    }
}

#[inline(always)]
fn arch() -> Arch {
    #[cfg(all(test, target_arch = "x86_64"))]
    if let Some(chosen) = width::CHOSEN.get() {
        return chosen;
    }
    Arch::new()
}

/// For tests that hold one width of vectors against another.
#[cfg(all(test, target_arch = "x86_64"))]
pub(crate) mod width {
    use std::cell::Cell;

    use pulp::Arch;

    thread_local! {
        pub(super) static CHOSEN: Cell<Option<Arch>> = const { Cell::new(None) };
    }

    /// Does some work on this thread with vectors of one width.
    pub(crate) fn with<T>(width: Arch, work: impl FnOnce() -> T) -> T {
        CHOSEN.set(Some(width));
        let done = work();
        CHOSEN.set(None);
        done
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
