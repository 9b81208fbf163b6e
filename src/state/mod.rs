//! What the page keeps beside the replies to its calls: the form of a rating task, what its owner does next, notices, how an item is
//! shown, searching in lists, what the command palette offers. No browser stands here, so that it is tested natively.

pub mod commands;
pub mod gathering;
pub mod item;
pub mod notices;
pub mod passphrase;
pub mod search;
pub mod task_form;
