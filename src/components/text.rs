//! Small texts that several parts write alike: file names and sizes.

/// A file's name out of a metric's, without characters that file systems refuse.
pub fn file_name(metric: &str, what: &str) -> String {
    let plain: String = metric
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '+' {
                c
            } else {
                '-'
            }
        })
        .collect();
    format!("assay-{}-{what}", plain.trim_matches('-'))
}

/// Bytes as a person reads them.
pub fn megabytes(bytes: f64) -> String {
    match bytes {
        b if b < 1e6 => format!("{:.0} kB", (b / 1e3).ceil()),
        b if b < 1e9 => format!("{:.0} MB", b / 1e6),
        b => format!("{:.1} GB", b / 1e9),
    }
}
