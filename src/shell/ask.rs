//! What pages ask of the shell, so that no page needs to know it.

use crate::browser::sandbox::Limits;
use crate::route::Route;
use assay_protocol::beside::BesideCommand;
use assay_protocol::links::{OwnerCommand, RaterCommand};
use assay_protocol::messages::Request;
use assay_protocol::report::ReportCommand;
use assay_protocol::views::ExportKind;
use web_sys::File;

/// What a page may ask of the shell.
pub enum Ask {
    /// Something of the worker, with files.
    Worker(Request, Vec<File>),
    /// Import files of any kind.
    Import(Vec<File>),
    /// Import pasted text.
    Paste(String),
    /// Load the example.
    LoadDemo,
    /// Save a file.
    Export(ExportKind),
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

    /// Something of the desk where ratings are gathered.
    pub fn owner(command: OwnerCommand) -> Self {
        Self::worker(Request::Owner { command })
    }

    /// Something about training runs and trials.
    pub fn beside(command: BesideCommand) -> Self {
        Self::worker(Request::Beside {
            command: Box::new(command),
        })
    }

    /// Something about the report.
    pub fn report(command: ReportCommand) -> Self {
        Self::worker(Request::Report {
            command: Box::new(command),
        })
    }

    /// Something of the desk where a rater works.
    pub fn rater(command: RaterCommand) -> Self {
        Self::worker(Request::Rater { command })
    }
}
