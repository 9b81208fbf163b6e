//! Looking for the data in training files: which texts are looked for, and the column that then tells the rows apart, so
//! that every measure has scores with and without those that were trained on.

use crate::column::TextColumn;
use crate::data_set::DataSet;
use crate::overlaps::{OverlapCheck, OverlapWords};
use crate::roles::Role;
use assay_overlap::{Found, OverlapReport, TestRow};

impl DataSet {
    /// The texts to look for: each row's prompts and references.
    pub fn test_rows(&self) -> impl Iterator<Item = TestRow<'_>> {
        (0..self.table.rows()).map(|row| self.test_row(row))
    }

    /// A row's prompts and references.
    #[must_use]
    pub fn test_row(&self, row: usize) -> TestRow<'_> {
        let cells = |role: Role| {
            let columns = self.roles.iter().enumerate();
            let columns = columns.filter(|(_, own)| **own == role);
            columns
                .filter_map(|(c, _)| self.table.cell(c, row))
                .collect()
        };
        TestRow {
            prompts: cells(Role::Source),
            references: cells(Role::Reference),
        }
    }

    /// Keeps what was found, of each row and in sum, in place of what was found in the same files before. Where some rows
    /// are found and others not, a slice column tells them apart; rows that can't be compared have no cell in it.
    pub fn add_overlap(&mut self, words: &OverlapWords, found: &[Found], report: OverlapReport) {
        let earlier = |check: &OverlapCheck| check.report.files == report.files;
        let place = self.overlaps.iter().position(earlier);
        let before = place.map(|place| self.overlaps.remove(place));
        let old = before.and_then(|check| check.column);
        let cell = |found: &Found| match found.is_found() {
            Some(true) => Some(words.found.as_str()),
            Some(false) => Some(words.not_found.as_str()),
            None => None,
        };
        let column = (report.found > 0).then(|| {
            let mut column = TextColumn::default();
            for found in found {
                column.push(cell(found));
            }
            self.put_slice(old, &words.column, column)
        });
        if let (None, Some(old)) = (column, old) {
            self.roles[old] = Role::Ignored;
        }
        self.overlaps.push(OverlapCheck { column, report });
    }

    /// Forgets what was found in one look, by its place; its column is no slice any more.
    pub fn remove_overlap(&mut self, place: usize) {
        if place < self.overlaps.len()
            && let Some(column) = self.overlaps.remove(place).column
        {
            self.roles[column] = Role::Ignored;
        }
    }

    fn put_slice(&mut self, old: Option<usize>, name: &str, column: TextColumn) -> usize {
        let place = match old {
            Some(old) => {
                self.table.replace(old, column);
                old
            }
            None => {
                self.table.add(name, column);
                self.roles.push(Role::Slice);
                self.roles.len() - 1
            }
        };
        self.roles[place] = Role::Slice;
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Importer;
    use assay_overlap::Index;

    fn words() -> OverlapWords {
        OverlapWords {
            column: "in training data".to_owned(),
            found: "yes".to_owned(),
            not_found: "no".to_owned(),
        }
    }

    fn data() -> DataSet {
        let mut importer = Importer::new("a.csv");
        let text = b"source,reference,base,tuned\n\
            How many legs do two spiders have?,16,16,8\n\
            Which river runs through the city of Vienna?,Danube,Danube,Rhine\n\
            Why?,No,x,y\n";
        importer.push(text).unwrap();
        DataSet::join(vec![importer.finish().unwrap()]).unwrap()
    }

    fn look(data: &mut DataSet, training: &str) {
        let mut index = Index::new(data.test_rows()).unwrap();
        index.begin_file("train.jsonl");
        index.push([training]);
        let (found, report) = index.finish();
        data.add_overlap(&words(), &found, report);
    }

    #[test]
    fn found_rows_become_a_slice_and_short_ones_have_no_cell() {
        let mut data = data();
        look(&mut data, "How many legs do two spiders have?");
        let column = data.overlaps[0].column.unwrap();
        assert_eq!(data.table.names()[column], "in training data");
        let cells: Vec<_> = (0..3).map(|row| data.table.cell(column, row)).collect();
        assert_eq!(cells, [Some("yes"), Some("no"), None]);
        assert_eq!(data.roles[column], Role::Slice);
    }

    #[test]
    fn the_same_file_again_replaces_what_it_gave() {
        let mut data = data();
        look(&mut data, "How many legs do two spiders have?");
        look(&mut data, "Which river runs through the city of Vienna?");
        assert_eq!((data.overlaps.len(), data.roles.len()), (1, 5));
        let column = data.overlaps[0].column.unwrap();
        assert_eq!(data.table.cell(column, 1), Some("yes"));
        look(&mut data, "nothing of it");
        assert_eq!(data.overlaps[0].column, None);
        assert_eq!(data.roles[column], Role::Ignored);
        assert_eq!(data.overlaps[0].report.found, 0);
        data.remove_overlap(0);
        assert!(data.overlaps.is_empty());
    }
}
