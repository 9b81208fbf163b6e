//! The browser as the page uses it: files and the clipboard, pictures of
//! charts, and the sandbox for programs.

pub mod files;
pub mod picture;
pub mod sandbox;
