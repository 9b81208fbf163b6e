//! What the worker's two roles share: their scope, and a pause that lets messages in.

pub(crate) use assay_platform::browser::{rest, scope};

/// The name under which the data worker starts its compute workers.
pub(crate) const COMPUTE: &str = "compute";

/// Lets waiting messages in.
pub(crate) async fn breathe() {
    rest(0).await;
}
