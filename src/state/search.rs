//! Searching in short lists of names.

/// Whether all of the words stand in a name or beside it, in whatever case and order.
pub fn fits(words: &str, name: &str, beside: &[String]) -> bool {
    let text = format!("{name} {}", beside.join(" ")).to_lowercase();
    let words = words.to_lowercase();
    words.split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_have_to_be_there_in_any_order_and_case() {
        let beside = ["outputs.csv".to_owned()];
        let name = "May 五月";
        for (words, expected) in [
            ("", true),
            ("  ", true),
            ("may", true),
            ("CSV may", true),
            ("五月", true),
            ("may june", false),
        ] {
            assert_eq!(fits(words, name, &beside), expected, "{words:?}");
        }
    }
}
