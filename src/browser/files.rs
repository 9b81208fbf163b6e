//! Small things of the browser: the address, settings that last, saving a file.

use assay_data::ContainerError;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, Clipboard, DataTransfer, Event, File, FileList, HtmlAnchorElement,
    ScrollIntoViewOptions, ScrollLogicalPosition, ShareData, Url, Window,
};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// The address behind `#`.
pub fn hash() -> String {
    window()
        .location()
        .hash()
        .unwrap_or_default()
        .trim_start_matches('#')
        .to_owned()
}

/// Goes to another address behind `#`; Back returns.
pub fn set_hash(hash: &str) {
    // Only a page that is being left refuses a new fragment.
    let _ = window().location().set_hash(hash);
}

/// Goes to another address behind `#` in place of this one; Back passes over this one.
pub fn replace_hash(hash: &str) {
    // Only a page that is being left refuses a new fragment.
    let _ = window().location().replace(&format!("#{hash}"));
}

/// Whether the document has an element that the selector fits.
pub fn has(selector: &str) -> bool {
    let document = window().document();
    document.is_some_and(|d| matches!(d.query_selector(selector), Ok(Some(_))))
}

/// Sets the tab's title.
pub fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(title);
    }
}

/// Loads the page again.
pub fn reload() {
    // Only a page that is being left refuses.
    let _ = window().location().reload();
}

/// A setting kept from an earlier visit.
pub fn setting(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a setting.
pub fn keep_setting(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Where storage is full or refused, language and theme follow the browser again next time.
        let _ = storage.set_item(name, value);
    }
}

/// Forgets a setting.
pub fn forget_setting(name: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Where storage is refused nothing was kept.
        let _ = storage.remove_item(name);
    }
}

/// Sets an attribute of the root element: `data-theme`, `lang`.
pub fn set_root(attribute: &str, value: &str) {
    if let Some(root) = window().document().and_then(|d| d.document_element()) {
        // The names are attributes of ours, which no element refuses.
        let _ = root.set_attribute(attribute, value);
    }
}

/// An attribute of the root element.
pub fn root_attribute(name: &str) -> Option<String> {
    window().document()?.document_element()?.get_attribute(name)
}

/// Tells the page's scripts something, as an event of the document.
pub fn announce(name: &str) {
    if let (Some(document), Ok(event)) = (window().document(), Event::new(name)) {
        // Only an event that is under way already can't be sent.
        let _ = document.dispatch_event(&event);
    }
}

/// Moves the keyboard's focus to the first element that fits.
pub fn focus(selector: &str) {
    let found = window()
        .document()
        .and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element that can't have the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Whether the focus is within an element.
pub fn has_focus(selector: &str) -> bool {
    let active = window().document().and_then(|d| d.active_element());
    active.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Brings an element into sight where it is not.
pub fn reveal(selector: &str) {
    let found = window()
        .document()
        .and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Sets whether elements can be reached by keyboard and pointer.
pub fn set_inert(selector: &str, is_inert: bool) {
    let found = window()
        .document()
        .and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        // Fails for names that are no attribute's, which this is.
        let _ = element.toggle_attribute_with_force("inert", is_inert);
    }
}

/// Goes to the top of the page.
pub fn to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Hands the person a file.
pub fn save(name: &str, mime: &str, bytes: &[u8]) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes).into());
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    save_blob(name, &blob)
}

/// Hands the person bytes as a file.
pub fn save_bytes(name: &str, mime: &str, bytes: &js_sys::ArrayBuffer) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(bytes);
    let blob = Blob::new_with_buffer_source_sequence_and_options(&parts, &options).ok()?;
    save_blob(name, &blob)
}

/// Hands the person a file that is there already.
pub fn save_blob(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let document = window().document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url).ok()
}

/// Copies text to the clipboard.
///
/// # Errors
/// When the browser refuses, or has no clipboard for this page.
pub async fn copy(text: &str) -> Result<(), JsValue> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into())?;
    if clipboard.is_undefined() {
        return Err(clipboard);
    }
    let clipboard: Clipboard = clipboard.unchecked_into();
    JsFuture::from(clipboard.write_text(text)).await.map(|_| ())
}

/// The path of a file within the folder that it was chosen with; its name without one.
pub fn path_in_folder(file: &File) -> String {
    let path = js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok();
    let path = path.and_then(|p| p.as_string()).filter(|p| !p.is_empty());
    path.unwrap_or_else(|| file.name())
}

/// Whether the browser has a sheet to share from.
pub fn can_share() -> bool {
    js_sys::Reflect::has(&window().navigator(), &"share".into()).unwrap_or(false)
}

/// Opens the browser's sheet to share a link.
pub fn share(title: &str, link: &str) {
    let data = ShareData::new();
    data.set_title(title);
    data.set_url(link);
    // A person who closes the sheet is no error.
    wait_out(window().navigator().share_with_data(&data));
}

/// Waits for a promise whose failure is the person's own choice, such as a sheet that was closed.
fn wait_out(promise: js_sys::Promise) {
    spawn_local(async move {
        // The person chose to end it.
        let _ = JsFuture::from(promise).await;
    });
}

/// Asks the browser not to clear away what is kept when the disk runs short, unless it has refused before.
pub fn persist() {
    if setting("persist").is_none() {
        spawn_local(async {
            // A browser that refuses keeps it as long as it can.
            if !ask_to_persist().await {
                keep_setting("persist", "refused");
            }
        });
    }
}

/// A setting of this tab, which is there after the page is loaded again.
pub fn tab_setting(name: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(name).ok()?
}

/// Keeps a setting of this tab, or forgets it.
pub fn keep_tab_setting(name: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().session_storage() {
        // Where storage is full or refused, the tab opens what was open last.
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// What the browser's storage says to a question without arguments; nothing where it does not know the question.
async fn storage_says(question: &str) -> Option<JsValue> {
    let storage = js_sys::Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    let ask = js_sys::Reflect::get(&storage, &question.into()).ok()?;
    let ask: js_sys::Function = ask.dyn_into().ok()?;
    let promise: js_sys::Promise = ask.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// Bytes that the page has stored, and that it may store.
pub async fn storage_bytes() -> Option<(f64, f64)> {
    let estimate = storage_says("estimate").await?;
    let number = |name: &str| js_sys::Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some((number("usage")?, number("quota")?))
}

/// Whether the browser keeps what is stored until the person removes it.
pub async fn is_persistent() -> bool {
    let said = storage_says("persisted").await;
    said.is_some_and(|said| said.is_truthy())
}

/// Asks the browser not to clear away what is kept when the disk runs short; whether it agreed.
pub async fn ask_to_persist() -> bool {
    let said = storage_says("persist").await;
    said.is_some_and(|said| said.is_truthy())
}

/// Whether the person looks at the page.
pub fn is_seen() -> bool {
    window().document().is_none_or(|d| !d.hidden())
}

/// A day in the words of a language.
pub fn date(millis: f64, language: &str) -> String {
    let date = js_sys::Date::new(&millis.into());
    let options = js_sys::Object::new();
    date.to_locale_date_string(language, &options).into()
}

/// Today in the browser's own time zone, as YYYY-MM-DD.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    let (month, day) = (now.get_month() + 1, now.get_date());
    format!("{}-{month:02}-{day:02}", now.get_full_year())
}

/// Opens the browser's sheet to print from.
pub fn print() {
    // A browser that can't print has nothing to say about it.
    let _ = window().print();
}

/// Asks the person something that can't be taken back.
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or(false)
}

/// The window's width in pixels.
pub fn width() -> f64 {
    let width = window().inner_width().ok();
    width.and_then(|w| w.as_f64()).unwrap_or(1024.0)
}

/// The time in milliseconds.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// The files of a list that an input or a drop gives.
pub fn chosen_files(list: Option<FileList>) -> Vec<File> {
    list.map_or(Vec::new(), |l| {
        (0..l.length()).filter_map(|i| l.get(i)).collect()
    })
}

/// What a drop gives.
pub enum Dropped {
    /// Files alone.
    Files(Vec<File>),
    /// Entries, at least one of which is a folder.
    Entries(Vec<JsValue>),
}

fn call(object: &JsValue, name: &str, arguments: &Array) -> Option<JsValue> {
    let function: js_sys::Function = js_sys::Reflect::get(object, &name.into())
        .ok()?
        .dyn_into()
        .ok()?;
    function.apply(object, arguments).ok()
}

fn is_folder(entry: &JsValue) -> bool {
    let is = js_sys::Reflect::get(entry, &"isDirectory".into());
    is.is_ok_and(|is| is.is_truthy())
}

/// What is dropped. The browser tells of folders only while the drop is handled, so this must not wait.
pub fn dropped(transfer: Option<DataTransfer>) -> Dropped {
    let Some(transfer) = transfer else {
        return Dropped::Files(Vec::new());
    };
    let items = js_sys::Reflect::get(&transfer, &"items".into()).map(|items| Array::from(&items));
    let entry = |item: JsValue| call(&item, "webkitGetAsEntry", &Array::new());
    let entries = items.map_or(Vec::new(), |items| items.iter().filter_map(entry).collect());
    if entries.iter().any(is_folder) {
        return Dropped::Entries(entries);
    }
    Dropped::Files(chosen_files(transfer.files()))
}

/// The answer of a call that is given one function for what was asked and one for a failure.
async fn answered(object: &JsValue, name: &str) -> Option<JsValue> {
    let asked = js_sys::Promise::new(&mut |done, failed| {
        if call(object, name, &Array::of2(&done, &failed)).is_none() {
            // A call that cannot be made fails the promise; the promise itself cannot refuse that.
            let _ = failed.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(asked).await.ok()
}

/// Files that a drop's folders may hold.
const MOST_FILES: usize = 5000;

/// What is in folders.
#[derive(Default)]
pub struct FolderFiles {
    /// The files.
    pub files: Vec<File>,
    /// Their paths, with the folder's name.
    pub paths: Vec<String>,
    /// What is in the folders and not among the files.
    pub left_out: Vec<ContainerError>,
}

/// An entry's path, with the name of the folder that was dropped.
fn entry_path(entry: &JsValue) -> String {
    let path = js_sys::Reflect::get(entry, &"fullPath".into()).ok();
    let path = path.and_then(|path| path.as_string()).unwrap_or_default();
    path.trim_start_matches('/').to_owned()
}

/// The files of entries with their paths, folder by folder.
pub async fn files_within(entries: Vec<JsValue>) -> FolderFiles {
    let mut found = FolderFiles::default();
    let folder = entries.first().map(entry_path).unwrap_or_default();
    let mut waiting = std::collections::VecDeque::from(entries);
    while let Some(entry) = waiting.pop_front() {
        if found.files.len() == MOST_FILES {
            found.left_out.push(ContainerError::FolderCut {
                folder,
                limit: MOST_FILES,
            });
            break;
        }
        let path = entry_path(&entry);
        let unreadable = |file: &str| ContainerError::Unreadable {
            file: file.to_owned(),
        };
        if is_folder(&entry) {
            let Some(reader) = call(&entry, "createReader", &Array::new()) else {
                found.left_out.push(unreadable(&path));
                continue;
            };
            // A folder's entries come in parts, and after the last part comes an empty one.
            loop {
                let Some(part) = answered(&reader, "readEntries").await else {
                    found.left_out.push(unreadable(&path));
                    break;
                };
                let part = Array::from(&part);
                if part.length() == 0 {
                    break;
                }
                waiting.extend(part.iter());
            }
            continue;
        }
        let file = answered(&entry, "file").await;
        let Some(file) = file.and_then(|file| file.dyn_into::<File>().ok()) else {
            found.left_out.push(unreadable(&path));
            continue;
        };
        let path = if path.is_empty() { file.name() } else { path };
        found.paths.push(path);
        found.files.push(file);
    }
    found
}
