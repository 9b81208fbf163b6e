//! Tables of slices, which are cut where they would go on for pages.

use crate::document::Document;
use assay_locale::Locale;

/// Rows of a table of slices.
pub(super) const SLICE_ROWS: usize = 30;

/// Says how many slices a table leaves out.
pub(super) fn more_slices(doc: &mut Document, all: usize, t: &Locale) {
    if all > SLICE_ROWS {
        doc.paragraph(t.with(
            "report-more-slices",
            &[("count", t.count(all - SLICE_ROWS))],
        ));
    }
}
