//! Why a command can't be carried out.

/// What is told to the person: any error, by its sentence.
pub(crate) type Failure = Box<dyn std::error::Error>;
