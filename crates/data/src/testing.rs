//! What the tests of this crate share.

use crate::import::Imported;
use crate::{DataSet, Importer};

/// A file of this name and text.
pub(crate) fn read(name: &str, text: &str) -> Imported {
    let mut importer = Importer::new(name);
    importer.push(text.as_bytes()).unwrap();
    importer.finish().unwrap()
}

/// The data set of a CSV file.
pub(crate) fn data(csv: &str) -> DataSet {
    DataSet::join(vec![read("a.csv", csv)]).unwrap()
}
