//! What the page keeps beside the replies to its calls: the form of a rating task, notices, how an item is
//! shown, searching in lists. No browser stands here, so that it is tested natively.

pub mod item;
pub mod notices;
pub mod passphrase;
pub mod search;
pub mod task_form;
