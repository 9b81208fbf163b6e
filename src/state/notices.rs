//! What the person is told above the page, until it is dismissed.

use assay_calls::Explanation;

/// Notices kept at most; the oldest goes first.
const MOST: usize = 4;

/// A notice.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeEntry {
    /// Its number.
    pub id: u32,
    /// What happened.
    pub explanation: Explanation,
    /// How often the same happened in a row.
    pub times: u32,
}

/// The notices, the oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notices {
    entries: Vec<NoticeEntry>,
    next: u32,
}

impl Notices {
    /// Adds one; the same as the last one only counts.
    pub fn add(&mut self, explanation: Explanation) {
        if let Some(last) = self.entries.last_mut()
            && last.explanation == explanation
        {
            last.times += 1;
            return;
        }
        if self.entries.len() == MOST {
            self.entries.remove(0);
        }
        let id = self.next;
        self.next += 1;
        self.entries.push(NoticeEntry {
            id,
            explanation,
            times: 1,
        });
    }

    /// Takes one away.
    pub fn dismiss(&mut self, id: u32) {
        self.entries.retain(|entry| entry.id != id);
    }

    /// Takes all away; whether there were any.
    pub fn dismiss_all(&mut self) -> bool {
        !std::mem::take(&mut self.entries).is_empty()
    }

    /// The notices.
    pub fn iter(&self) -> impl Iterator<Item = &NoticeEntry> {
        self.entries.iter()
    }
}
