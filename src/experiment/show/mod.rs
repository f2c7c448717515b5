//! What is shown of a reading: sentences, and pictures of single models.

pub(crate) mod pictures;
pub(crate) mod sentences;
