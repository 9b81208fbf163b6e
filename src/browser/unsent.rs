//! A note that was typed just before the page went, of which the worker may not have heard. It waits in the browser's
//! settings for the next visit, which gives it to the worker. Nothing else of a project is ever kept there.

use super::files::{forget_setting, keep_setting, setting, tab_setting};

/// The setting of a tab that names its project.
pub const TAB_PROJECT: &str = "project";
/// The setting's name.
const UNSENT: &str = "unsent-note";

/// A row's note in a project.
#[derive(Debug, PartialEq, Eq)]
struct Unsent<'a> {
    project: &'a str,
    row: usize,
    text: &'a str,
}

impl<'a> Unsent<'a> {
    /// As it is kept: the project's id and the row, a line each, and the text.
    fn written(&self) -> String {
        format!("{}\n{}\n{}", self.project, self.row, self.text)
    }

    fn read(kept: &'a str) -> Option<Self> {
        let mut parts = kept.splitn(3, '\n');
        Some(Self {
            project: parts.next()?,
            row: parts.next()?.parse().ok()?,
            text: parts.next()?,
        })
    }
}

/// Keeps the note of a row of the tab's project for the next visit.
pub fn keep(row: usize, text: &str) {
    if let Some(project) = tab_setting(TAB_PROJECT) {
        let project = &*project;
        let unsent = Unsent { project, row, text };
        keep_setting(UNSENT, &unsent.written());
    }
}

/// Forgets what is kept if it is this note: the worker has it.
pub fn forget(row: usize, text: &str) {
    let kept = setting(UNSENT);
    let found = kept.as_deref().and_then(Unsent::read);
    if found.is_some_and(|found| (found.row, found.text) == (row, text)) {
        forget_setting(UNSENT);
    }
}

/// The note that was kept for a project: its row and text.
pub fn kept(project: &str) -> Option<(usize, String)> {
    let kept = setting(UNSENT)?;
    let found = Unsent::read(&kept)?;
    (found.project == project).then(|| (found.row, found.text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_of_several_lines_comes_back_as_it_was() {
        let unsent = Unsent {
            project: "00ff",
            row: 12,
            text: "first\n\nthird: 第三行",
        };
        assert_eq!(Unsent::read(&unsent.written()), Some(unsent));
        for damaged in ["", "00ff", "00ff\nx\ntext", "00ff\n1"] {
            assert_eq!(Unsent::read(damaged), None, "{damaged:?}");
        }
    }
}
