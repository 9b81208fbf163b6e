//! What follows from the worker's answers beside what the page knows: what the person is told above the page,
//! and what is done outside the page's state.

use assay_calls::Explanation;
use assay_codeeval::CodeError;
use assay_data::ImportError;
use assay_locale::Locale;
use assay_protocol::saved::SavedError;
use assay_results::scores::Domains;
use assay_stats::PairedTest;
use assay_training::read::LogError;

/// What the person is told above the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// An import failed.
    Failed(ImportError),
    /// Files hold no programs.
    Code(CodeError),
    /// The sandbox can't be used.
    Sandbox(String),
    /// Files hold no training log.
    Logs(LogError),
    /// A saved evaluation can't be restored.
    Saved(SavedError),
}

/// What follows outside the state.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// A program for the sandbox.
    Run {
        /// Its place.
        place: usize,
        /// Its Python source.
        program: String,
    },
    /// All programs are through.
    RunThrough,
    /// An evaluation was restored: its settings belong in the address.
    Restored {
        /// The baseline's place.
        baseline: usize,
        /// The test.
        test: PairedTest,
        /// What systems were trained on.
        domains: Option<Domains>,
    },
}

impl Notice {
    /// It in words, with what to do.
    pub fn text(&self, t: &Locale) -> String {
        match self {
            Self::Failed(error) => t.explained(&Explanation::of(error)),
            Self::Code(error) => t.explained(&Explanation::of(error)),
            Self::Sandbox(detail) => t.with("no-sandbox", &[("detail", detail.clone())]),
            Self::Logs(error) => t.explained(&Explanation::of(error)),
            Self::Saved(error) => t.explained(&Explanation::of(error)),
        }
    }
}
