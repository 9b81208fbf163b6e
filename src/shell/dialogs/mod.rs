//! The dialogs of the frame: what later files are, a backup's passphrase, the command palette.

pub(super) mod later;
pub(super) mod palette;
pub(super) mod unlock;
