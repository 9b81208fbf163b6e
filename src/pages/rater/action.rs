//! What a rater does, as the parts of the page tell it to the page.

use assay_protocol::rater::{Answer, Start};
use web_sys::File;

/// What a rater does beside answering an item.
#[derive(Clone)]
pub enum Action {
    /// Open the task in a text.
    Open(String),
    /// Open the task in a file.
    OpenFile(File),
    /// Open what is behind a passphrase.
    Unlock(String),
    /// Start, or go on.
    Start(Start),
    /// Show an item; without a place the next that is to be answered.
    Show(Option<usize>),
    /// Take an answer.
    Answer(Answer),
    /// Take the last answer back.
    Undo,
    /// Show how far it is.
    Summary,
    /// Take another name.
    Rename(String),
    /// Make the answers' envelope.
    Finish,
}
