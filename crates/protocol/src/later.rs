//! The `later` service: files with outputs that come when data is loaded wait until the person has said what they are.

use crate::data::{FoundInFiles, ImportFailure};
use crate::topics::LATER;
use assay_calls::{NoError, calls};
use assay_data::later::{LaterFiles, Placement};

calls! {
    service "later";

    /// The files that wait; nothing where none do.
    #[derive(Eq, Hash)]
    WaitingFiles {} -> Option<LaterFiles>, NoError, [LATER];

    /// Takes the waiting files as the person says.
    PlaceFiles {
        /// What they are.
        placement: Placement,
    } -> FoundInFiles, ImportFailure;

    /// Takes each of the waiting files as the person says.
    PlaceEach {
        /// What each is, in their order; nothing for one that is left out.
        placements: Vec<Option<Placement>>,
    } -> FoundInFiles, ImportFailure;

    /// Forgets the waiting files; the data stays as it is.
    DropFiles {} -> (), NoError;
}
