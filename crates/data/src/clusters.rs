//! Rows that belong together: those of one document, conversation or user, and several samples of one item. Such
//! rows are not independent, so they are drawn as a whole when scores are resampled.

use crate::column_names::normalized;
use crate::data_set::DataSet;
use crate::names::CLUSTER;
use crate::notices::Notice;
use crate::roles::Role;
use rustc_hash::{FxHashMap, FxHashSet};

/// What makes rows a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterOf {
    /// They have the same value in a column of the role [`Role::Cluster`].
    Column,
    /// They are samples of one item, as a column of the role [`Role::Repeat`] says.
    Repeats,
}

/// A partition of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clusters {
    /// What makes rows a cluster.
    pub of: ClusterOf,
    /// The column whose values are the clusters; of samples the one that identifies items.
    pub column: String,
    /// For each row its cluster, below [`Clusters::count`], numbered in the order in which they come first.
    pub of_row: Vec<u32>,
    /// How many clusters there are.
    pub count: usize,
}

/// Clusters below which a coarser column is no help: too few to be resampled.
const ENOUGH: usize = 20;

impl DataSet {
    /// The clusters that rows are drawn in: by the first column of that role, else the items that have several
    /// samples; nothing where rows are independent.
    #[must_use]
    pub fn clusters(&self) -> Option<Clusters> {
        match self.column_with(Role::Cluster) {
            Some(column) => Some(self.partition(ClusterOf::Column, &[column])),
            None => self.items(),
        }
    }

    /// The items that have several samples each; nothing where no column says which sample a row is.
    #[must_use]
    pub fn items(&self) -> Option<Clusters> {
        self.column_with(Role::Repeat)?;
        let columns = self.item_columns();
        (!columns.is_empty()).then(|| self.partition(ClusterOf::Repeats, &columns))
    }

    /// The columns that identify items: the id, else all prompts.
    fn item_columns(&self) -> Vec<usize> {
        match self.column_with(Role::Id) {
            Some(id) => vec![id],
            None => self.columns_with(Role::Source),
        }
    }

    /// Rows by their values in some columns; a row without a value is a cluster of its own.
    fn partition(&self, of: ClusterOf, columns: &[usize]) -> Clusters {
        let mut places: FxHashMap<Vec<&str>, u32> = FxHashMap::default();
        let mut count = 0;
        let mut next = || {
            count += 1;
            count - 1
        };
        let cell = |column: &usize, row| self.table.cell(*column, row).map(str::trim);
        let of_row = (0..self.table.rows())
            .map(|row| {
                let value: Option<Vec<&str>> = columns.iter().map(|c| cell(c, row)).collect();
                match value.filter(|cells| cells.iter().any(|text| !text.is_empty())) {
                    Some(value) => *places.entry(value).or_insert_with(&mut next),
                    None => next(),
                }
            })
            .collect();
        let names = columns.iter().map(|&c| self.table.names()[c].as_str());
        Clusters {
            of,
            column: names.collect::<Vec<_>>().join(", "),
            of_row,
            count: count as usize,
        }
    }

    /// Keeps the guessed roles of clusters and repeats only where the joined rows bear them out. A column of clusters
    /// has values that come again, but not the same in all rows; at most one is kept. A column of repeats tells rows
    /// of the same item apart.
    pub(crate) fn check_clusters(&mut self) {
        self.take_repeated_ids();
        let rows = self.table.rows();
        let mut kept: Option<(usize, usize)> = None;
        for column in self.columns_with(Role::Cluster) {
            let count = self.partition(ClusterOf::Column, &[column]).count;
            self.roles[column] = Role::Ignored;
            if count < 2 || count == rows {
                continue;
            }
            // The coarsest that leaves enough to resample: a user's conversations are not independent either.
            let is_better = kept.is_none_or(|(_, known)| match count.min(known) >= ENOUGH {
                true => count < known,
                false => count > known,
            });
            if is_better {
                kept = Some((column, count));
            }
        }
        if let Some((column, _)) = kept {
            self.roles[column] = Role::Cluster;
        }
        for column in self.columns_with(Role::Repeat) {
            if !self.tells_samples_apart(column) {
                self.roles[column] = Role::Number;
            }
        }
    }

    /// A document's id that comes again is no id of rows, unless files were joined by it.
    fn take_repeated_ids(&mut self) {
        for column in self.columns_with(Role::Id) {
            let name = &self.table.names()[column];
            let is_joined = |notice: &Notice| match notice {
                Notice::JoinedById { columns, .. } => columns[0] == *name,
                _ => false,
            };
            let is_document = CLUSTER.contains(&normalized(name).0.as_str());
            if !is_document || self.joins.iter().any(is_joined) {
                continue;
            }
            let repeats = self.columns_with(Role::Repeat);
            if repeats.iter().any(|&c| self.tells_samples_apart(c)) {
                continue;
            }
            if self.partition(ClusterOf::Column, &[column]).count < self.table.rows() {
                self.roles[column] = Role::Cluster;
            }
        }
    }

    /// Whether items have several rows each, which differ in this column.
    fn tells_samples_apart(&self, column: usize) -> bool {
        let columns = self.item_columns();
        if columns.is_empty() {
            return false;
        }
        let items = self.partition(ClusterOf::Repeats, &columns);
        let mut seen = FxHashSet::default();
        let is_new = |row: usize| {
            let sample = self.table.cell(column, row);
            sample.is_some_and(|sample| seen.insert((items.of_row[row], sample)))
        };
        items.count < self.table.rows() && (0..self.table.rows()).all(is_new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Importer;
    use crate::testing::data;

    /// Twelve rows: documents of three rows, or four items of three samples.
    fn rows(header: &str, of: impl Fn(usize) -> String) -> DataSet {
        let line = |row| format!("{},it is {row} now,it was {row} then\n", of(row));
        let lines: String = (0..12).map(line).collect();
        data(&format!("{header},reference,tuned\n{lines}"))
    }

    #[test]
    fn documents_with_several_rows_are_clusters() {
        for name in [
            "doc_id",
            "Conversation ID",
            "userId",
            "会话ID",
            "文档编号",
            "session_id",
        ] {
            let data = rows(name, |row| format!("d-{}", row / 3));
            assert_eq!(data.roles[0], Role::Cluster, "{name}");
            let clusters = data.clusters().unwrap();
            assert_eq!((clusters.count, clusters.of), (4, ClusterOf::Column));
            assert_eq!(
                clusters.of_row,
                (0..12).map(|row| row / 3).collect::<Vec<u32>>()
            );
        }
    }

    #[test]
    fn a_value_per_row_or_one_for_all_makes_no_cluster() {
        for of in [|row| row, |_| 7] {
            let data = rows("id,user_id", |row| format!("{row},u{}", of(row)));
            assert_eq!(data.clusters(), None);
            assert_eq!(data.systems().len(), 1, "{:?}", data.roles);
        }
        assert_eq!(
            rows("doc_id", |row| row.to_string()).roles[0],
            Role::Id,
            "an id of rows"
        );
    }

    #[test]
    fn an_id_that_files_are_joined_by_is_no_cluster() {
        let file = |name: &str, column: &str| {
            let lines: String = (0..4)
                .map(|i| format!("{i},it is {i} {column}\n"))
                .collect();
            let mut importer = Importer::new(name);
            let text = format!("doc_id,{column}\n{lines}");
            importer.push(text.as_bytes()).unwrap();
            importer.finish().unwrap()
        };
        let files = vec![file("a.csv", "reference"), file("b.csv", "output")];
        let data = DataSet::join(files).unwrap();
        assert_eq!((data.roles[0], data.clusters()), (Role::Id, None));
    }

    #[test]
    fn of_several_columns_the_coarsest_with_enough_clusters_counts() {
        let line = |i: usize| format!("{},{},it is {i},it was {i}\n", i / 5, i / 2);
        let lines: String = (0..100).map(line).collect();
        let found = data(&format!("user_id,conversation_id,reference,tuned\n{lines}"));
        assert_eq!(found.clusters().map(|c| c.count), Some(20));
        let few: String = (0..60).map(line).collect();
        let found = data(&format!("user_id,conversation_id,reference,tuned\n{few}"));
        assert_eq!(found.clusters().map(|c| c.count), Some(30));
    }

    #[test]
    fn samples_of_an_item_are_a_cluster() {
        for name in ["sample_idx", "epoch", "采样次数"] {
            let data = rows(&format!("id,{name}"), |row| {
                format!("{},{}", row / 3, row % 3)
            });
            assert_eq!(data.roles[1], Role::Repeat, "{name}");
            let clusters = data.clusters().unwrap();
            assert_eq!((clusters.count, clusters.of), (4, ClusterOf::Repeats));
            assert_eq!(clusters.column, "id");
        }
        let same = rows("id,epoch", |row| format!("{row},{}", row % 3));
        assert_eq!((same.roles[1], same.clusters()), (Role::Number, None));
        let prompts = rows("prompt,repeat", |row| {
            format!("why {}?,{}", row / 3, row % 3)
        });
        assert_eq!(prompts.clusters().map(|c| c.count), Some(4));
    }

    #[test]
    fn rows_without_a_value_stand_alone() {
        let data = rows("doc_id", |row| match row {
            0..4 => String::new(),
            row => (row / 4).to_string(),
        });
        assert_eq!(data.clusters().map(|c| c.count), Some(6));
    }
}
