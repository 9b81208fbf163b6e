//! Data beside the page that only some metrics need: loaded when one is first asked for, so that nobody
//! else waits for it.

use assay_results::metric_info::Asset;
#[cfg(feature = "jieba")]
use assay_text::jieba;
#[cfg(feature = "wordnet")]
use assay_text::wordnet::WordNet;

/// Whether an asset is loaded. Never, where the crate is built without the feature of its name.
#[must_use]
pub fn is_loaded(asset: Asset) -> bool {
    match asset {
        #[cfg(feature = "wordnet")]
        Asset::WordNet => WordNet::loaded().is_some(),
        #[cfg(feature = "jieba")]
        Asset::Jieba => jieba::is_loaded(),
        #[cfg(not(all(feature = "jieba", feature = "wordnet")))]
        _ => false,
    }
}

/// Loads an asset from the bytes of its file. `false` where they hold none, and where the crate is built without
/// the feature of its name.
#[must_use]
pub fn load(asset: Asset, bytes: &[u8]) -> bool {
    match asset {
        #[cfg(feature = "wordnet")]
        Asset::WordNet => WordNet::load(bytes),
        #[cfg(feature = "jieba")]
        Asset::Jieba => jieba::load(bytes),
        #[cfg(not(all(feature = "jieba", feature = "wordnet")))]
        _ => {
            // Not read in a program without these features.
            let _ = bytes;
            false
        }
    }
}

/// The asset that a tokeniser of this name needs.
pub(crate) fn of_tokenizer(name: &str) -> Option<Asset> {
    (name == "jieba").then_some(Asset::Jieba)
}
