//! Data beside the page that only some metrics need: loaded when one is first asked for, so that nobody
//! else waits for it.

use assay_results::metric_info::Asset;
use assay_text::jieba;
use assay_text::wordnet::WordNet;

/// Whether an asset is loaded.
#[must_use]
pub fn is_loaded(asset: Asset) -> bool {
    match asset {
        Asset::WordNet => WordNet::loaded().is_some(),
        Asset::Jieba => jieba::is_loaded(),
    }
}

/// Loads an asset from the bytes of its file; `false` where they hold none.
#[must_use]
pub fn load(asset: Asset, bytes: &[u8]) -> bool {
    match asset {
        Asset::WordNet => WordNet::load(bytes),
        Asset::Jieba => jieba::load(bytes),
    }
}
