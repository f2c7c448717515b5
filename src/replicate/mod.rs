//! What a replicate is drawn from: data of its own, a teacher that is trained on a part of them and put behind its API,
//! and an exam on another part. Experiments, the lab and the server all draw theirs here.

#[cfg(feature = "program")]
pub(crate) mod talk;

use crate::audit::Exam;
use crate::data::{Dataset, Examples, Sizes};
use crate::nn::{Diverged, Recipe};
use crate::oracle::{self, Api, SURFACES, Surface, Teacher, Terms};
use crate::query::evenly;
use crate::seed::Seed;

/// A replicate of points.
pub(crate) struct Drawn {
    /// The name of all its random numbers.
    pub(crate) seed: Seed,
    /// The frozen exam.
    pub(crate) exam: Exam,
    /// How many labelled examples the teacher learned from.
    pub(crate) examples: usize,
    /// Points to ask about; their labels are only for those who have no teacher.
    pub(crate) pool: Examples,
    api: Api,
}

/// The name of all random numbers of the replicate of this number. It names no experiment: all see the same replicates.
pub(crate) fn seed_of(seed: u64, data: &str, number: usize) -> Seed {
    Seed::new(seed).child("world").child(data).child(number)
}

impl Drawn {
    /// Deals the parts and trains a teacher of these widths, input first and classes last.
    ///
    /// # Errors
    /// [`Diverged`] where its training runs away.
    pub(crate) fn new(
        data: &dyn Dataset,
        sizes: Sizes,
        widths: &[usize],
        recipe: &Recipe,
        seed: Seed,
    ) -> Result<Self, Diverged> {
        let parts = data.deal(Sizes { independent: 0, ..sizes }, seed.child("data"));
        let (points, labels) = (parts.training.points.view(), &parts.training.labels);
        let teacher = Teacher::train(widths, points, labels, recipe, seed.child("teacher"))?;

        let off_shape = (sizes.test, data.dimension());
        let off_points = evenly(data.bounds(), off_shape, &mut seed.child("off-data").stream());
        let examples = labels.len();
        let closed = Terms { surface: SURFACES[0], quota: 0, noise: seed.child("noise") };
        let (api, examiner) = oracle::serve(teacher, closed);
        Ok(Self { seed, exam: Exam::new(examiner, parts.test, off_points), examples, pool: parts.pool, api })
    }

    /// The teacher's API under these terms.
    pub(crate) fn api(&self, surface: &'static dyn Surface, quota: usize) -> Api {
        self.api.under(Terms { surface, quota, noise: self.seed.child("noise") })
    }
}
