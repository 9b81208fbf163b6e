//! Rules that find an answer in a free text: the letter that was chosen, or the number that is the result. Each
//! segment is right or wrong; with several references one is enough.
//!
//! Both kinds of answer are looked for in the same order: after the reasoning of a reasoning model, of which nothing
//! counts (`part`), first in `\boxed{…}`, then where the text states its answer, then by weaker signs.

mod boxed;
mod choice;
mod chosen;
mod digits;
mod letter;
mod number;
mod number_text;
mod part;
mod quantity;
mod rules;
mod statements;

pub use choice::{Choice, Indices};
pub use chosen::chosen;
pub use number::NumberMatch;
pub use number_text::{is_number, number};
