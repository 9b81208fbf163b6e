//! Which rows are looked at together: those of a slice, those of a cluster, and those that are resampled.

use assay_data::import::MAX_NAME;
use assay_data::{Clusters, DataSet};
use assay_metrics::registry::MetricSpec;
use assay_metrics::{Scoring, sum_rows};
use assay_results::scores::{Domains, SliceKind};
use assay_sorting::sort_by;

/// The rows that make up a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SliceRows {
    kind: SliceKind,
    column: String,
    value: String,
    rows: Vec<u32>,
}

impl SliceRows {
    /// The column that defines it.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// The column's value in it.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What makes its rows belong together.
    pub fn kind(&self) -> SliceKind {
        self.kind
    }

    /// Segments in the slice.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Its rows' places in the table.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.iter().map(|&row| row as usize)
    }

    fn of<'a>(&'a self, matrix: &'a [f64], width: usize) -> impl Iterator<Item = &'a [f64]> {
        let rows = self.rows();
        rows.map(move |row| &matrix[row * width..(row + 1) * width])
    }

    /// The sum of a system's rows in it.
    pub fn sum(&self, matrix: &[f64], width: usize) -> Vec<f64> {
        sum_rows(self.of(matrix, width), width)
    }

    /// Rows in it of which the metric says something.
    pub fn counted(&self, metric: &dyn Scoring, matrix: &[f64], width: usize) -> usize {
        let rows = self.of(matrix, width);
        rows.filter(|row| metric.is_scored(row)).count()
    }
}

/// How a data set's rows are looked at together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grouping {
    /// Slices, whose scores are shown.
    pub slices: Vec<SliceRows>,
    /// Clusters, which are drawn as a whole; nothing where rows are independent.
    pub clusters: Option<Clusters>,
}

impl Grouping {
    /// Of the data's columns.
    #[must_use]
    pub fn of(data: &DataSet) -> Self {
        Self {
            slices: slice_rows(data),
            clusters: data.clusters(),
        }
    }

    /// How many different units, which are clusters or else rows, some rows belong to.
    pub fn units(&self, rows: impl Iterator<Item = usize>) -> usize {
        let Some(clusters) = &self.clusters else {
            return rows.count();
        };
        let mut seen = vec![false; clusters.count];
        let is_new = |row: &usize| {
            let seen = &mut seen[clusters.of_row[*row] as usize];
            !std::mem::replace(seen, true)
        };
        rows.filter(is_new).count()
    }
}

/// The rows that are resampled: all of which the metric says something under some system, so that rows
/// of the systems stay side by side.
pub struct Sample<'a> {
    matrices: &'a [Vec<f64>],
    width: usize,
    /// Whether a row is in it; nothing where all are.
    rows: Option<Vec<bool>>,
    clusters: Option<&'a Clusters>,
}

impl<'a> Sample<'a> {
    /// The sample of a metric whose rows are `matrices`, one for each system.
    pub fn new(
        spec: &MetricSpec,
        matrices: &'a [Vec<f64>],
        clusters: Option<&'a Clusters>,
    ) -> Self {
        let metric = spec.scoring();
        let width = metric.width();
        let rows = metric.properties().is_partial.then(|| {
            let rows = matrices.first().map_or(0, |m| m.len() / width);
            let is_scored = |m: &Vec<f64>, row: usize| metric.is_scored(&m[row * width..][..width]);
            let any = |row: usize| matrices.iter().any(|m| is_scored(m, row));
            (0..rows).map(any).collect()
        });
        Self {
            matrices,
            width,
            rows,
            clusters,
        }
    }

    fn holds(&self, row: usize) -> bool {
        self.rows.as_ref().is_none_or(|rows| rows[row])
    }

    /// A system's rows, summed by cluster where there are clusters.
    pub fn all(&self, system: usize) -> Vec<f64> {
        let matrix = &self.matrices[system];
        if self.rows.is_none() && self.clusters.is_none() {
            return matrix.clone();
        }
        self.units(matrix, 0..matrix.len() / self.width)
    }

    /// The same of the rows in a slice.
    pub fn slice(&self, system: usize, group: &SliceRows) -> Vec<f64> {
        self.units(&self.matrices[system], group.rows())
    }

    /// What is drawn as a whole, in the order in which it comes first, which is the same for every system: rows of the
    /// sample, or their sums by cluster. A score of a sum of rows needs no more of a cluster than its sum.
    fn units(&self, matrix: &[f64], rows: impl Iterator<Item = usize>) -> Vec<f64> {
        let rows = rows.filter(|row| self.holds(*row));
        let own = |row: usize| &matrix[row * self.width..][..self.width];
        let Some(clusters) = self.clusters else {
            return rows.flat_map(own).copied().collect();
        };
        let mut places: Vec<Option<usize>> = vec![None; clusters.count];
        let mut sums = Vec::new();
        for row in rows {
            match places[clusters.of_row[row] as usize] {
                Some(place) => {
                    let sum = &mut sums[place..place + self.width];
                    sum.iter_mut()
                        .zip(own(row))
                        .for_each(|(s, x): (&mut f64, _)| *s += x);
                }
                None => {
                    places[clusters.of_row[row] as usize] = Some(sums.len());
                    sums.extend_from_slice(own(row));
                }
            }
        }
        sums
    }
}

/// Values a slice column may have before it is taken for free text.
const MAX_SLICES: usize = 30;

/// Whether a value is longer than a name. It would stand in every result of the slice.
fn is_text(value: &str) -> bool {
    value.chars().nth(MAX_NAME).is_some()
}

/// The rows of every slice, columns in order, values by size.
pub fn slice_rows(data: &DataSet) -> Vec<SliceRows> {
    let mut all = Vec::new();
    for column in data.columns_with(assay_data::Role::Slice) {
        let mut groups: Vec<SliceRows> = Vec::new();
        for (row, value) in data.table.column(column).iter().enumerate() {
            let Some(value) = value else { continue };
            match groups.iter().position(|g| g.value == value) {
                Some(at) => groups[at].rows.push(row as u32),
                None if groups.len() == MAX_SLICES || is_text(value) => {
                    groups.clear();
                    break;
                }
                None => groups.push(SliceRows {
                    kind: SliceKind::Value,
                    column: data.table.names()[column].clone(),
                    value: value.to_owned(),
                    rows: vec![row as u32],
                }),
            }
        }
        sort_by(&mut groups, |a, b| b.rows.len().cmp(&a.rows.len()));
        all.extend(groups);
    }
    all
}

/// What stands in the place of a column's name for slices of tags.
pub const TAG: &str = "tag";
/// Tags whose rows are slices: those with the most rows.
pub const MOST_TAG_SLICES: usize = 30;

/// The rows that a person gave a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedRows {
    /// The tag.
    pub tag: String,
    /// The rows' places in the table, ascending.
    pub rows: Vec<u32>,
}

/// For each tag the rows with it and those without it, tags with more rows first; nothing of a tag that no row or every
/// row has.
pub fn tag_rows(count: usize, tags: &[TaggedRows]) -> Vec<SliceRows> {
    let divides = |t: &&TaggedRows| (1..count).contains(&t.rows.len());
    let mut tags: Vec<&TaggedRows> = tags.iter().filter(divides).collect();
    tags.sort_by_key(|tagged| std::cmp::Reverse(tagged.rows.len()));
    tags.truncate(MOST_TAG_SLICES);
    let halves = tags.into_iter().flat_map(|tagged| {
        let mut has = vec![false; count];
        tagged.rows.iter().for_each(|row| has[*row as usize] = true);
        let half = |kind, with: bool| {
            let rows = (0..count as u32).filter(|row| has[*row as usize] == with);
            SliceRows {
                kind,
                column: TAG.to_owned(),
                value: tagged.tag.clone(),
                rows: rows.collect(),
            }
        };
        [
            half(SliceKind::Tagged, true),
            half(SliceKind::Untagged, false),
        ]
    });
    halves.collect()
}

/// The rows inside of a domain and those outside of it; nothing where either has none.
pub fn domain_rows(data: &DataSet, domains: &Domains) -> Vec<SliceRows> {
    let names = data.table.names().iter();
    let slices = data.columns_with(assay_data::Role::Slice);
    let place = names.enumerate().find(|(_, n)| **n == domains.column);
    let Some((column, _)) = place.filter(|(c, _)| slices.contains(c)) else {
        return Vec::new();
    };
    let half = |kind, value: String, inside: bool| {
        let cells = data.table.column(column).iter().enumerate();
        let is_in = |value: &str| domains.inside.iter().any(|i| i == value);
        let rows = cells.filter(|(_, cell)| cell.is_some_and(|v| is_in(v) == inside));
        SliceRows {
            kind,
            column: domains.column.clone(),
            value,
            rows: rows.map(|(row, _)| row as u32).collect(),
        }
    };
    let inside = format!("in: {}", domains.inside.join(", "));
    let halves = [
        half(SliceKind::InDomain, inside, true),
        half(SliceKind::OutOfDomain, "out".to_owned(), false),
    ];
    match halves.iter().any(SliceRows::is_empty) {
        true => Vec::new(),
        false => halves.into(),
    }
}
