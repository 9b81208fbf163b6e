//! What the workers share: their scope, and a pause that lets messages in.

pub(crate) use assay_platform::browser::{rest, scope};

/// Lets waiting messages in.
pub(crate) async fn breathe() {
    rest(0).await;
}
