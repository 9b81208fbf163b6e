//! What pages ask of the shell, so that no page needs to know it.

use crate::browser::sandbox::Limits;
use crate::route::Route;
use assay_protocol::messages::Request;
use web_sys::File;

/// What a page may ask of the shell.
pub enum Ask {
    /// Something of the worker, with files.
    Worker(Request, Vec<File>),
    /// Run the programs that wait, within these limits: the owner has said yes.
    RunCode(Limits),
    /// Another view; Back returns to this one.
    Go(Route),
    /// Another view in place of this one.
    Replace(Route),
}

impl Ask {
    /// Something of the worker, without files.
    pub fn worker(request: Request) -> Self {
        Self::Worker(request, Vec::new())
    }
}
