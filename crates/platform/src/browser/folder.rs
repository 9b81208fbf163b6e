//! The part of the disk that the browser keeps for this page alone (the origin-private file system).

use super::{rest, scope};
use crate::Usage;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, File, FileSystemDirectoryHandle, FileSystemFileHandle,
    FileSystemGetDirectoryOptions, FileSystemGetFileOptions, FileSystemReadWriteOptions,
    FileSystemRemoveOptions, FileSystemSyncAccessHandle,
};

/// The folder that holds all others. Pages that came by plain HTTP, and old browsers, have none.
async fn root() -> Result<FileSystemDirectoryHandle, JsValue> {
    let storage = scope().navigator().storage();
    let has_none =
        storage.is_undefined() || !Reflect::has(&storage, &"getDirectory".into()).unwrap_or(false);
    if has_none {
        let message = "the browser has no storage for this page";
        let denied = DomException::new_with_message_and_name(message, "NotAllowedError")?;
        return Err(denied.into());
    }
    JsFuture::from(storage.get_directory()).await?.dyn_into()
}

/// Bytes that the browser lets this page still store, where it says.
pub(super) async fn room() -> Option<f64> {
    let storage = scope().navigator().storage();
    let ask: Function = Reflect::get(&storage, &"estimate".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let promise: Promise = ask.call0(&storage).ok()?.dyn_into().ok()?;
    let estimate = JsFuture::from(promise).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some(number("quota")? - number("usage")?)
}

/// A folder.
pub struct Folder(FileSystemDirectoryHandle);

impl Folder {
    /// The folder at a path, made where it is not there.
    ///
    /// # Errors
    /// The browser's words.
    pub async fn open(path: &[&str]) -> Result<Self, JsValue> {
        let mut folder = root().await?;
        let options = FileSystemGetDirectoryOptions::new();
        options.set_create(true);
        for name in path {
            let inner = folder.get_directory_handle_with_options(name, &options);
            folder = JsFuture::from(inner).await?.dyn_into()?;
        }
        Ok(Self(folder))
    }

    /// The names of what lies in it.
    ///
    /// # Errors
    /// The browser's words.
    pub async fn names(&self) -> Result<Vec<String>, JsValue> {
        let keys = self.0.keys();
        let mut names = Vec::new();
        loop {
            let next = JsFuture::from(keys.next()?).await?;
            if Reflect::get(&next, &"done".into())?.is_truthy() {
                return Ok(names);
            }
            names.extend(Reflect::get(&next, &"value".into())?.as_string());
        }
    }

    /// How much is in it and in the folders within it.
    ///
    /// # Errors
    /// The browser's words.
    pub async fn usage(&self) -> Result<Usage, JsValue> {
        let mut usage = Usage::default();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            let handles = folder.values();
            loop {
                let next = JsFuture::from(handles.next()?).await?;
                if Reflect::get(&next, &"done".into())?.is_truthy() {
                    break;
                }
                let handle = Reflect::get(&next, &"value".into())?;
                match handle.dyn_into::<FileSystemFileHandle>() {
                    Ok(file) => {
                        let file: File = JsFuture::from(file.get_file()).await?.dyn_into()?;
                        usage.files += 1;
                        usage.bytes += file.size();
                    }
                    Err(folder) => folders.push(folder.dyn_into()?),
                }
            }
        }
        Ok(usage)
    }

    /// A file that is there.
    ///
    /// # Errors
    /// When it is not.
    pub async fn file(&self, name: &str) -> Result<File, JsValue> {
        let handle = JsFuture::from(self.0.get_file_handle(name)).await?;
        let handle: FileSystemFileHandle = handle.dyn_into()?;
        JsFuture::from(handle.get_file()).await?.dyn_into()
    }

    /// A file's text.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn text(&self, name: &str) -> Result<String, JsValue> {
        let text = JsFuture::from(self.file(name).await?.text()).await?;
        Ok(text.as_string().unwrap_or_default())
    }

    /// A file to be written from its beginning, or on from its end.
    ///
    /// # Errors
    /// When another tab writes it, or the browser allows none.
    pub async fn writer(&self, name: &str, appends: bool) -> Result<Writer, JsValue> {
        let options = FileSystemGetFileOptions::new();
        options.set_create(true);
        let handle = JsFuture::from(self.0.get_file_handle_with_options(name, &options)).await?;
        let handle: FileSystemFileHandle = handle.dyn_into()?;
        let access = JsFuture::from(handle.create_sync_access_handle()).await?;
        let access: FileSystemSyncAccessHandle = access.dyn_into()?;
        if !appends {
            access.truncate_with_u32(0)?;
        }
        let at = access.get_size()?;
        Ok(Writer { access, at })
    }

    /// Writes a file whole: into a new file first, which then takes the place of the old one.
    ///
    /// # Errors
    /// When the disk is full, or the browser allows none.
    pub async fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), JsValue> {
        let fresh = format!("{name}.new");
        let mut writer = self.writer(&fresh, false).await?;
        writer.push(bytes)?;
        writer.flush()?;
        drop(writer);
        let handle = JsFuture::from(self.0.get_file_handle(&fresh)).await?;
        // `move` is not in the typed bindings yet; every browser with these files has it.
        let rename: Function = Reflect::get(&handle, &"move".into())?.dyn_into()?;
        let moved: Promise = rename.call1(&handle, &name.into())?.dyn_into()?;
        JsFuture::from(moved).await?;
        Ok(())
    }

    /// A file to be written on from its end, waited for where a page that was just closed has yet to let
    /// go of it.
    ///
    /// # Errors
    /// When another tab goes on writing it, or the browser allows none.
    pub async fn patient_writer(&self, name: &str) -> Result<Writer, JsValue> {
        const ATTEMPTS: usize = 20;
        for _ in 1..ATTEMPTS {
            if let Ok(writer) = self.writer(name, true).await {
                return Ok(writer);
            }
            rest(100).await;
        }
        self.writer(name, true).await
    }

    /// Removes what lies under a name, with all that is in it.
    ///
    /// # Errors
    /// When it is in use.
    pub async fn remove(&self, name: &str) -> Result<(), JsValue> {
        let options = FileSystemRemoveOptions::new();
        options.set_recursive(true);
        JsFuture::from(self.0.remove_entry_with_options(name, &options)).await?;
        Ok(())
    }
}

/// A file that is being written; nobody else can write it meanwhile.
pub struct Writer {
    access: FileSystemSyncAccessHandle,
    at: f64,
}

impl Writer {
    /// What stands in the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut bytes = vec![0; self.at as usize];
        let options = FileSystemReadWriteOptions::new();
        options.set_at(0.0);
        let read = self
            .access
            .read_with_u8_array_and_options(&mut bytes, &options);
        bytes.truncate(read.map_or(0, |n| n as usize));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// When the disk, or what the browser allows of it, is full.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        let options = FileSystemReadWriteOptions::new();
        options.set_at(self.at);
        let written = self
            .access
            .write_with_u8_array_and_options(bytes, &options)?;
        self.at += written;
        if written < bytes.len() as f64 {
            let full = DomException::new_with_message_and_name(
                "the file was written in part",
                "QuotaExceededError",
            )?;
            return Err(full.into());
        }
        Ok(())
    }

    /// Sees to it that what was written is on the disk.
    ///
    /// # Errors
    /// The browser's words.
    pub fn flush(&self) -> Result<(), JsValue> {
        self.access.flush()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.access.close();
    }
}
