//! Files beside the page, fetched by their names.

use super::channel::scope;
use assay_core::platform::{InputError, LocalFuture, PageFiles};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The page's own server.
pub(crate) struct ServedFiles;

impl PageFiles for ServedFiles {
    fn read<'a>(&'a self, name: &'a str) -> LocalFuture<'a, Result<Vec<u8>, InputError>> {
        Box::pin(async move {
            let failed = |detail: String| InputError {
                file: name.to_owned(),
                detail,
            };
            let response = fetched(name).await;
            let (status, bytes) = response.map_err(|error| failed(format!("{error:?}")))?;
            match status {
                200 => Ok(bytes),
                status => Err(failed(format!("the server says {status}"))),
            }
        })
    }
}

async fn fetched(name: &str) -> Result<(u16, Vec<u8>), JsValue> {
    let response = JsFuture::from(scope().fetch_with_str(&format!("./{name}"))).await?;
    let response: Response = response.dyn_into()?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok((response.status(), Uint8Array::new(&buffer).to_vec()))
}
