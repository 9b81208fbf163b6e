//! People's judgements, gathered by link with no server between: the task that raters see ([`task`]) and
//! how it is made from data ([`draft`], [`template`]), what marked errors cost ([`marks`]) and what stays hidden in its link (`blinding`); in which order a rater sees what ([`order`]); the
//! envelope that carries a task or answers in the part of a link that browsers never send
//! ([`envelope`]); what only the owner holds ([`owner`]); a rater at work ([`sitting`]); answers ([`answers`]) and how they are merged ([`pool`]); judgements as a flat table,
//! whatever they come from ([`judgements`], [`gathering`], [`exchange`]), and what they mean ([`analysis`]).
//!
//! Knows no browser: whoever calls brings random bytes and keeps what has to last.

pub mod analysis;
pub mod answers;
mod beside;
mod blinding;
pub mod bounded;
pub mod draft;
pub mod envelope;
pub mod exchange;
pub mod gathering;
pub mod judgements;
mod layout;
pub mod marks;
pub mod order;
pub mod owner;
pub mod pieces;
pub mod pool;
pub mod project;
mod rows;
pub mod seal;
pub mod sitting;
pub mod task;
pub mod template;

pub use answers::{Answer, Bundle, Preference, Span, Value};
pub use envelope::{Envelope, EnvelopeError};
pub use pool::Pool;
pub use project::Project;
pub use task::{Item, Kind, Question, Sealing, Task, TaskError};
