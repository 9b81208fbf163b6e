//! Small texts that several parts write alike: file names, sizes and how much room there is.

use assay_locale::Locale;

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

/// How much of the room that the browser allows is used, both in bytes.
pub fn storage_used(t: &Locale, used: f64, quota: f64) -> String {
    let words = [
        ("used", megabytes(used)),
        ("quota", megabytes(quota)),
        ("left", megabytes((quota - used).max(0.0))),
    ];
    t.with("storage-used", &words)
}
