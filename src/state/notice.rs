//! What follows from the worker's answers beside what the page knows: what the person is told above the page,
//! and what is done outside the page's state.

use assay_calls::Explanation;
use assay_codeeval::CodeError;
use assay_data::ImportError;
use assay_locale::Locale;
use assay_protocol::saved::SavedError;
use assay_rating::exchange::ForeignError;
use assay_results::scores::Domains;
use assay_stats::PairedTest;
use assay_training::read::LogError;

/// What the person is told above the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// An import failed.
    Failed(ImportError),
    /// A model can't be used.
    Model(String),
    /// A file gives no judgements.
    Ratings(ForeignError),
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
    /// A file for the person.
    Save {
        /// Its name.
        name: String,
        /// Its media type.
        mime: String,
        /// Its contents.
        text: String,
    },
    /// A program for the sandbox.
    Run {
        /// Its place.
        place: usize,
        /// It.
        program: String,
    },
    /// All programs are through.
    RunThrough,
    /// Something is to be seen on the Ratings page.
    Judged,
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
            Self::Model(detail) => t.with("model-failed", &[("detail", detail.clone())]),
            Self::Ratings(ForeignError::Table { error }) => t.explained(&Explanation::of(&**error)),
            Self::Ratings(error) => t.tagged("ratings-error", error),
            Self::Code(error) => t.tagged("code-error", error),
            Self::Sandbox(detail) => t.with("no-sandbox", &[("detail", detail.clone())]),
            Self::Logs(error) => t.tagged("log-error", error),
            Self::Saved(error) => t.tagged("saved-error", error),
        }
    }
}
