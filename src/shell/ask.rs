//! What pages ask of the shell, so that no page needs to know it.

use crate::route::Route;
use assay_protocol::data::ExampleName;
use assay_protocol::views::ExportKind;
use assay_protocol::workspace::OpenedProject;
use web_sys::File;

/// What a page may ask of the shell.
pub enum Ask {
    /// Import files of any kind.
    Import(Vec<File>),
    /// Import what a folder holds.
    ImportFolder(Vec<File>),
    /// Import pasted text.
    Paste(String),
    /// Restore a project from a backup.
    Restore(File),
    /// Load an example.
    LoadDemo(ExampleName),
    /// Show a project that was opened.
    Opened(OpenedProject),
    /// Save a file.
    Export(ExportKind),
    /// Another view; Back returns to this one.
    Go(Route),
    /// Another view in place of this one.
    Replace(Route),
}
