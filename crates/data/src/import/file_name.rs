//! Names of files.

/// Whether a name is of one sheet of a workbook: `outputs.xlsx#Sheet1`.
pub(super) fn is_sheet(name: &str) -> bool {
    let book = name.rsplit_once('#').map_or("", |(book, _)| book);
    [".xlsx", ".xls", ".ods"]
        .iter()
        .any(|ending| book.ends_with(ending))
}

/// The file's name without folders, `.gz` and its ending; of a sheet of a workbook the sheet's.
pub fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    if let Some((_, sheet)) = name.rsplit_once('#').filter(|_| is_sheet(name)) {
        return sheet;
    }
    let name = name.strip_suffix(".gz").unwrap_or(name);
    for ending in [
        ".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".txt", ".eval",
    ] {
        if let Some(stem) = name.strip_suffix(ending) {
            return stem;
        }
    }
    name
}
