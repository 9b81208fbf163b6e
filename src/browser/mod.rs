//! The browser as the page uses it: files and the clipboard, pictures of charts, the sandbox for programs, the policy
//! that the document has, the words of a language, what the page keeps beside the worker's disk, and a note that waits
//! for the next visit.

pub mod files;
pub mod forget;
pub mod picture;
pub mod policy;
pub mod sandbox;
pub mod single_file;
pub mod unsent;
pub mod words;
