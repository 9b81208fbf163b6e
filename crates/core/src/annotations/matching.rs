//! Annotations that follow their rows into another table: by ids where both tables have them, else by texts. Columns are
//! matched by their names, so that a role that was set otherwise meanwhile loses nothing.

use super::held::Annotations;
use super::keys::{ID_ROLES, Places, TEXT_ROLES, Waiting, keys, row_keys, with_repeats};
use super::noted::Noted;
use super::rows::RowSet;
use assay_data::{DataSet, Role};
use assay_protocol::annotations::RowAnnotation;

/// The columns of two data sets that say the same: of one name, and with such a role in either.
fn shared(old: &DataSet, new: &DataSet, roles: &[Role]) -> [Vec<usize>; 2] {
    let has_role = |data: &DataSet, column: usize| roles.contains(&data.roles[column]);
    let names = old.table.names().iter().enumerate();
    let pairs = names.filter_map(|(before, name)| {
        let after = new.table.names().iter().position(|other| other == name)?;
        (has_role(old, before) || has_role(new, after)).then_some((before, after))
    });
    let (before, after) = pairs.unzip();
    [with_repeats(old, before), with_repeats(new, after)]
}

impl Annotations {
    /// Follows the rows from one table into another; what can be undone is forgotten. Whether anything was noted.
    pub(crate) fn follow(&mut self, old: &DataSet, new: &DataSet) -> bool {
        if self.is_empty() {
            return false;
        }
        let [old_ids, new_ids] = shared(old, new, &ID_ROLES);
        let [old_texts, new_texts] = shared(old, new, &TEXT_ROLES);
        // Without anything to know rows by they are the same where there are as many.
        let by_place =
            old_ids.is_empty() && old_texts.is_empty() && old.table.rows() == new.table.rows();
        let before = keys(old, old_ids, old_texts);
        let places = Places::of(keys(new, new_ids, new_texts));
        let own_keys = row_keys(old);
        let mut all: Vec<(usize, RowAnnotation)> = Vec::new();
        let mut waiting = Vec::new();
        for row in self.rows() {
            let place = match by_place {
                true => Some(row),
                false => before.get(row).and_then(|key| places.find(key)),
            };
            let noted = self.of_row(row);
            match place {
                Some(place) => all.push((place, noted)),
                None => waiting.push(Waiting::of(
                    own_keys.get(row).cloned().unwrap_or_default(),
                    noted,
                )),
            }
        }
        let places = Places::of(row_keys(new));
        for wait in std::mem::take(&mut self.waiting) {
            match places.find(&wait.key) {
                Some(place) => all.push((
                    place,
                    RowAnnotation {
                        is_starred: wait.is_starred,
                        tags: wait.tags,
                        note: wait.note,
                    },
                )),
                None => waiting.push(wait),
            }
        }
        *self = Self::of(Noted::of_rows(all), waiting);
        true
    }

    /// The rows on which something is noted, in the order of the table.
    pub(super) fn rows(&self) -> Vec<usize> {
        let noted = self.noted.current();
        let tagged = noted.tags.values().flat_map(|rows| rows.iter());
        let all = noted.stars.iter().chain(tagged).chain(noted.notes.keys());
        let all = RowSet::of(all.copied().collect());
        all.iter().map(|row| *row as usize).collect()
    }
}
