//! The browser as the page uses it: the channel to the data worker, files and the clipboard, pictures of
//! charts, and the sandbox for programs.

pub mod bridge;
pub mod files;
pub mod picture;
pub mod sandbox;
