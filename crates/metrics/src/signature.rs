//! The option string that is quoted beside a score, as sacreBLEU writes it: `nrefs:1|case:mixed|…|version:2.6.0`.

use assay_results::scores::RefCount;
use std::fmt::{self, Display, Formatter};

/// The version that signatures of Assay's own rules name.
pub(crate) const VERSION: &str = concat!("version:assay-", env!("CARGO_PKG_VERSION"));

/// A yes or no as signatures write it.
pub(crate) fn yes_no(is_yes: bool) -> &'static str {
    if is_yes { "yes" } else { "no" }
}

/// A signature as it is put together, from left to right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Signature(Vec<String>);

impl Signature {
    /// Begins with the number of references and how the score was resampled (`bs:1000|seed:12345`), if it was.
    pub(crate) fn new(refs: RefCount, resampling: Option<&str>) -> Self {
        Self::default().with("nrefs", refs).resampled(resampling)
    }

    /// Begins with a word, as `ppl`.
    pub(crate) fn named(name: &str) -> Self {
        Self::default().part(name)
    }

    /// Adds a part that has no key, or holds several keys already.
    pub(crate) fn part(mut self, part: impl Into<String>) -> Self {
        self.0.push(part.into());
        self
    }

    /// Adds how the score was resampled, if it was.
    pub(crate) fn resampled(self, resampling: Option<&str>) -> Self {
        match resampling {
            Some(resampling) => self.part(resampling),
            None => self,
        }
    }

    /// Adds an option with its value.
    pub(crate) fn with(self, key: &str, value: impl Display) -> Self {
        self.part(format!("{key}:{value}"))
    }

    /// Adds an option that is on or off, as `yes` or `no`.
    pub(crate) fn flag(self, key: &str, is_on: bool) -> Self {
        self.with(key, yes_no(is_on))
    }

    /// Ends with this crate's version: for rules that follow no other tool's code.
    pub(crate) fn own_version(self) -> Self {
        self.part(VERSION)
    }
}

impl Display for Signature {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("|"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resampling_comes_after_the_references() {
        let of = |resampling| Signature::new(RefCount::Fixed(2), resampling).flag("eff", false);
        assert_eq!(of(None).to_string(), "nrefs:2|eff:no");
        let resampled = Signature::new(RefCount::Fixed(2), Some("bs:1000|seed:1")).own_version();
        let expected = format!("nrefs:2|bs:1000|seed:1|{VERSION}");
        assert_eq!(resampled.to_string(), expected);
    }
}
