//! What pages ask of the shell, so that no page needs to know it.

use super::route::Route;
use crate::worker::protocol::Request;
use web_sys::File;

/// What a page may ask of the shell.
pub enum Ask {
    /// Something of the worker, with files.
    Worker(Request, Vec<File>),
    /// Another view; Back returns to this one.
    Go(Route),
    /// Another view in place of this one.
    Replace(Route),
}
