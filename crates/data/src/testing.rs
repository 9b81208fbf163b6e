//! What the tests of this crate share.

use crate::{DataSet, Importer};

/// The data set of a CSV file.
pub(crate) fn data(csv: &str) -> DataSet {
    let mut importer = Importer::new("a.csv");
    importer.push(csv.as_bytes()).unwrap();
    DataSet::join(vec![importer.finish().unwrap()]).unwrap()
}
