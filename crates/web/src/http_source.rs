//! A file of the page's own server as a source: pieces are asked for by range. A server that knows no
//! ranges gives the whole file, which the browser then keeps outside this program's memory.

use super::blob_source::BlobSource;
use super::channel::scope;
use assay_lm::source::{Piece, Source, SourceError, within};
use js_sys::Uint8Array;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Headers, RequestInit, Response};

/// Answers to a request for a piece.
const PARTIAL: u16 = 206;
/// How often a piece is asked for before the network counts as gone.
const TRIES: usize = 3;

/// Bytes of a block: what is asked for at once, since tensors that are read one after the other
/// lie beside each other.
const BLOCK: u64 = 8 << 20;
/// Blocks that are kept.
const KEPT: usize = 2;
/// Samples of this number of bytes or fewer are not worth a block.
const SAMPLE: usize = 4096;

type Block = (u64, Rc<Vec<u8>>);

/// A file behind an address.
pub(crate) struct HttpSource {
    url: String,
    size: u64,
    blocks: RefCell<VecDeque<Block>>,
}

fn words(error: JsValue) -> SourceError {
    SourceError::Unreadable(format!("{error:?}"))
}

async fn get(url: &str, from: u64, length: u64) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("range", &format!("bytes={from}-{}", from + length - 1))?;
    let options = RequestInit::new();
    options.set_headers(&headers);
    // By its name and not as a request: in the page as one file a worker has no address that a name could be joined to.
    let response = JsFuture::from(scope().fetch_with_str_and_init(url, &options)).await?;
    response.dyn_into()
}

/// The size that stands behind the slash of `bytes 0-0/12345`.
fn size_of(response: &Response) -> Option<u64> {
    let range = response.headers().get("content-range").ok()??;
    range.rsplit('/').next()?.parse().ok()
}

/// The file behind an address of the page's own; nothing where there is none.
///
/// # Errors
/// When the server can't be reached.
pub(crate) async fn open(url: &str) -> Result<Option<Box<dyn Source>>, SourceError> {
    let response = get(url, 0, 1).await.map_err(words)?;
    if response.status() == PARTIAL
        && let Some(size) = size_of(&response)
    {
        let url = url.to_owned();
        let blocks = RefCell::default();
        return Ok(Some(Box::new(HttpSource { url, size, blocks })));
    }
    if !response.ok() {
        return Ok(None);
    }
    let blob = JsFuture::from(response.blob().map_err(words)?).await;
    let blob: Blob = blob.map_err(words)?.unchecked_into();
    Ok(Some(Box::new(BlobSource(blob))))
}

impl HttpSource {
    /// The block of this number.
    async fn block(&self, number: u64) -> Result<Rc<Vec<u8>>, SourceError> {
        let kept = self.blocks.borrow().iter().find(|b| b.0 == number).cloned();
        if let Some((_, block)) = kept {
            return Ok(block);
        }
        let from = number * BLOCK;
        let length = BLOCK.min(self.size - from) as usize;
        let block = Rc::new(self.insist(from, length).await?);
        let mut blocks = self.blocks.borrow_mut();
        blocks.truncate(KEPT - 1);
        blocks.push_front((number, block.clone()));
        Ok(block)
    }

    async fn insist(&self, offset: u64, length: usize) -> Result<Vec<u8>, SourceError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.piece(offset, length).await {
                Err(_) if tries < TRIES => {}
                outcome => return outcome,
            }
        }
    }

    async fn piece(&self, offset: u64, length: usize) -> Result<Vec<u8>, SourceError> {
        let response = get(&self.url, offset, length as u64).await;
        let response = response.map_err(words)?;
        if response.status() != PARTIAL {
            let status = response.status();
            return Err(SourceError::Unreadable(format!("the server says {status}")));
        }
        let buffer = JsFuture::from(response.array_buffer().map_err(words)?).await;
        let bytes = Uint8Array::new(&buffer.map_err(words)?).to_vec();
        if bytes.len() == length {
            return Ok(bytes);
        }
        Err(SourceError::Unreadable("the server broke off".into()))
    }
}

impl Source for HttpSource {
    fn size(&self) -> u64 {
        self.size
    }

    fn read(&self, offset: u64, length: usize) -> Piece<'_> {
        Box::pin(async move {
            within(offset, length as u64, self.size)?;
            if length == 0 {
                return Ok(Vec::new());
            }
            if length <= SAMPLE {
                return self.insist(offset, length).await;
            }
            let mut bytes = Vec::with_capacity(length);
            while bytes.len() < length {
                let at = offset + bytes.len() as u64;
                let block = self.block(at / BLOCK).await?;
                let rest = &block[(at % BLOCK) as usize..];
                bytes.extend_from_slice(&rest[..rest.len().min(length - bytes.len())]);
            }
            Ok(bytes)
        })
    }
}
