//! Files that lie beside the page on its server.

use super::{InputError, LocalFuture};

/// Reads files that came with the page.
pub trait PageFiles {
    /// All bytes of the file of this name.
    ///
    /// # Errors
    /// When it can't be had, as without a network before it was kept.
    fn read<'a>(&'a self, name: &'a str) -> LocalFuture<'a, Result<Vec<u8>, InputError>>;
}
