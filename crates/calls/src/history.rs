//! Undo and redo: one mechanism for everything that can be undone.

use std::collections::VecDeque;

/// A value with its earlier states. Each state is kept with the label of the change that left it, so
/// that a button can say what it undoes.
///
/// ```
/// use assay_calls::History;
///
/// let mut roles = History::new(vec!["input", "output"], 50);
/// roles.change("set the role of column 2", |roles| roles[1] = "reference");
/// assert_eq!(roles.undo_label(), Some(&"set the role of column 2"));
/// assert!(roles.undo());
/// assert_eq!(roles[1], "output");
/// assert!(roles.redo());
/// assert_eq!(roles[1], "reference");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct History<T, L = &'static str> {
    current: T,
    earlier: VecDeque<(L, T)>,
    undone: Vec<(L, T)>,
    limit: usize,
}

impl<T, L> History<T, L> {
    /// A value without earlier states, of which at most `limit` will be kept.
    #[must_use]
    pub fn new(current: T, limit: usize) -> Self {
        Self {
            current,
            earlier: VecDeque::new(),
            undone: Vec::new(),
            limit,
        }
    }

    /// The value.
    #[must_use]
    pub fn current(&self) -> &T {
        &self.current
    }

    /// Changes the value in a way that is not undone: results that follow from it, say. Undoing a later
    /// change goes back to the state before that change, with what was amended by then.
    pub fn amend(&mut self) -> &mut T {
        &mut self.current
    }

    /// Puts another value in place of this one.
    pub fn set(&mut self, label: L, next: T) {
        let before = std::mem::replace(&mut self.current, next);
        self.record(label, before);
    }

    fn record(&mut self, label: L, before: T) {
        self.undone.clear();
        self.earlier.push_back((label, before));
        while self.earlier.len() > self.limit {
            self.earlier.pop_front();
        }
    }

    /// Goes back to the state before the last change; false where there is none.
    pub fn undo(&mut self) -> bool {
        let Some((label, before)) = self.earlier.pop_back() else {
            return false;
        };
        let after = std::mem::replace(&mut self.current, before);
        self.undone.push((label, after));
        true
    }

    /// Makes the change again that was undone last; false where there is none.
    pub fn redo(&mut self) -> bool {
        let Some((label, after)) = self.undone.pop() else {
            return false;
        };
        let before = std::mem::replace(&mut self.current, after);
        self.earlier.push_back((label, before));
        true
    }

    /// The change that [`History::undo`] would undo.
    #[must_use]
    pub fn undo_label(&self) -> Option<&L> {
        self.earlier.back().map(|(label, _)| label)
    }

    /// The change that [`History::redo`] would make again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&L> {
        self.undone.last().map(|(label, _)| label)
    }

    /// The state that [`History::undo`] would go back to.
    #[must_use]
    pub fn earlier(&self) -> Option<&T> {
        self.earlier.back().map(|(_, state)| state)
    }

    /// The state that [`History::redo`] would go on to.
    #[must_use]
    pub fn undone(&self) -> Option<&T> {
        self.undone.last().map(|(_, state)| state)
    }

    /// Changes the value and all states that are kept, in a way that is not undone.
    pub fn amend_all(&mut self, mut change: impl FnMut(&mut T)) {
        change(&mut self.current);
        let kept = self.earlier.iter_mut().chain(&mut self.undone);
        kept.for_each(|(_, state)| change(state));
    }

    /// Forgets the earlier and undone states for which `keep` is false.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        self.earlier.retain(|(_, state)| keep(state));
        self.undone.retain(|(_, state)| keep(state));
    }

    /// Forgets all earlier and undone states.
    pub fn forget(&mut self) {
        self.earlier.clear();
        self.undone.clear();
    }
}

impl<T: Clone + PartialEq, L> History<T, L> {
    /// Changes the value; a change that changes nothing is not recorded. Returns what `change` returns.
    pub fn change<R>(&mut self, label: L, change: impl FnOnce(&mut T) -> R) -> R {
        let before = self.current.clone();
        let result = change(&mut self.current);
        if self.current != before {
            self.record(label, before);
        }
        result
    }
}

impl<T: Default, L> Default for History<T, L> {
    /// The default value, with 50 earlier states at most.
    fn default() -> Self {
        Self::new(T::default(), 50)
    }
}

impl<T, L> std::ops::Deref for History<T, L> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_at_most_so_many_states_as_its_limit() {
        let mut history = History::new(0, 2);
        for n in 1..=4 {
            history.set("count", n);
        }
        assert!(history.undo() && history.undo());
        assert!(!history.undo());
        assert_eq!(*history, 2);
    }

    #[test]
    fn a_change_that_changes_nothing_is_not_recorded() {
        let mut history = History::new(1, 5);
        history.change("nothing", |n| *n = 1);
        assert_eq!(history.undo_label(), None);
    }

    #[test]
    fn states_can_be_seen_amended_and_forgotten_without_going_to_them() {
        let mut history = History::new(1, 5);
        history.set("two", 2);
        history.set("three", 3);
        assert!(history.undo());
        assert_eq!(history.earlier(), Some(&1));
        assert_eq!(history.undone(), Some(&3));
        history.amend_all(|n| *n *= 10);
        assert_eq!((*history, history.undone()), (20, Some(&30)));
        history.retain(|n| *n > 10);
        assert_eq!(history.earlier(), None);
        assert!(history.redo());
        assert_eq!(*history, 30);
    }

    #[test]
    fn a_new_change_ends_what_could_be_redone() {
        let mut history = History::new(0, 5);
        history.set("one", 1);
        assert!(history.undo());
        assert_eq!(history.redo_label(), Some(&"one"));
        history.set("two", 2);
        assert!(!history.redo());
        assert_eq!(*history, 2);
        assert!(history.undo());
        assert_eq!(*history, 0);
    }
}
