//! A browser of the tests' own: real Chromium, or Firefox, with a profile of its own, driven over WebDriver, and the
//! static server it visits.

use crate::capabilities::{capabilities, profile};
use crate::driver::{Driver, IS_FIREFOX};
use crate::files;
use crate::words::Said;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::cell::Cell;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use xtask::serve::{self, Host};

const PATIENCE: Duration = Duration::from_secs(60);

/// How long after this much waiting the page is asked again: each question costs the browser and its driver some
/// milliseconds of the time that the page needs for what is waited for.
fn pause(waited: Duration) -> Duration {
    (waited / 5).clamp(Duration::from_millis(20), Duration::from_millis(400))
}

/// The folder of the built page: the one that `ASSAY_PAGE` names, or else the one that `cargo xtask serve` built.
pub(crate) fn built_page() -> PathBuf {
    let folder = std::env::var_os("ASSAY_PAGE");
    folder.map_or_else(xtask::build::quick_folder, PathBuf::from)
}

/// The page's server, which can be shut.
pub(crate) struct Site {
    pub origin: String,
    pub open: Arc<AtomicBool>,
}

impl Site {
    /// Serves the built page with a service worker that keeps nothing: a browser fetches and compares all of the page a
    /// second time to keep it for use without a network, and most tests have none of that.
    pub(crate) fn start() -> Self {
        let host = Host {
            other_scripts: &[("/offline.js", "// Keeps nothing.\n")],
            ..Host::default()
        };
        Self::with(built_page(), host)
    }

    /// Serves the built page, which is kept for use without a network.
    pub(crate) fn start_kept() -> Self {
        Self::of(built_page())
    }

    /// Serves the page in the folder.
    pub(crate) fn of(folder: PathBuf) -> Self {
        Self::with(folder, Host::default())
    }

    /// Serves the page in the folder as this host does.
    pub(crate) fn with(folder: PathBuf, host: Host) -> Self {
        assert!(
            folder.join("index.html").is_file(),
            "no page in {}: `cargo xtask test` builds it, and so does `cargo xtask serve`",
            folder.display()
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let open = Arc::new(AtomicBool::new(true));
        let running = open.clone();
        std::thread::spawn(move || serve::serve(&listener, &folder, host, &running));
        Self { origin, open }
    }
}

/// A browser with a profile of its own, which goes when this does.
pub(crate) struct Browser {
    pub client: Client,
    session: String,
    driver: Arc<Driver>,
    /// The test's name, with a number from its second browser on.
    name: String,
    home: PathBuf,
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.driver.report(&self.session, &self.name);
        }
        // A test that passed has closed the browser itself; then there is no such session.
        self.driver.ask(
            "DELETE",
            &format!("/session/{}", self.session),
            &Value::Null,
        );
        files::remove(&self.home);
    }
}

/// An expression that looks among the elements that the selector fits for one that holds the words: `some` says
/// whether there is one, `find` gives it.
fn search(how: &str, css: &str, words: &Said) -> String {
    let (css, pieces) = (json!(css), json!(words.pieces()));
    format!(
        "[...document.querySelectorAll({css})].{how}(e => {{ let at = 0; return {pieces}.every(p => {{ \
         const found = e.innerText.indexOf(p, at); at = found + p.length; return found >= 0; }}); }})"
    )
}

/// The name of the running test, with a number from its second browser on.
fn next_name() -> String {
    thread_local!(static STARTED: Cell<usize> = const { Cell::new(0) });
    STARTED.set(STARTED.get() + 1);
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("test").replace("::", "-");
    match STARTED.get() {
        1 => test,
        number => format!("{test}-{number}"),
    }
}

impl Browser {
    pub(crate) async fn start(language: &str) -> Self {
        Self::start_in(files::new_folder(), language).await
    }

    /// Starts a browser in the folder of an earlier one, with all that is stored there.
    pub(crate) async fn start_in(home: PathBuf, language: &str) -> Self {
        let name = next_name();
        for folder in ["downloads", "profile"] {
            std::fs::create_dir_all(home.join(folder)).unwrap();
        }
        let driver = Driver::of(&home);
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let mut builder = ClientBuilder::new(connector);
        builder.capabilities(capabilities(&home, language));
        let client = builder.connect(&driver.address()).await;
        let client = client.expect("the driver starts a browser");
        let session = client.session_id().await.unwrap();
        Self {
            client,
            session: session.expect("a new session has an id"),
            driver,
            name,
            home,
        }
    }

    /// What runs it.
    pub(crate) fn driver(&self) -> &Driver {
        &self.driver
    }

    /// Kills the browser's processes, as a crash does. Gives its folder, in which the next one can start.
    pub(crate) fn kill(mut self) -> PathBuf {
        let home = std::mem::take(&mut self.home);
        let mark = match IS_FIREFOX {
            true => profile(&home),
            false => format!("--user-data-dir={}", profile(&home)),
        };
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let mut words = command.split(|byte| *byte == 0);
            if words.any(|word| word == mark.as_bytes()) {
                let process = entry.file_name();
                // One that has just ended needs no kill.
                let _ = Command::new("kill").arg("-9").arg(process).status();
            }
        }
        // Marks of the browser that is gone, which would keep the next one from starting.
        for name in ["SingletonLock", "SingletonCookie", "SingletonSocket"] {
            // One that is not there is as good as removed.
            let _ = std::fs::remove_file(home.join("profile").join(name));
        }
        home
    }

    /// Sends a command of the browser's own protocol for developers.
    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Value {
        let path = format!("/session/{}/goog/cdp/execute", self.session);
        let body = json!({"cmd": command, "params": parameters});
        let answer = self.driver.ask("POST", &path, &body);
        let answer = answer.expect("the browser answers");
        assert_eq!(answer.get("error"), None, "{command}");
        answer
    }

    pub(crate) async fn js(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Waits until the expression is true.
    pub(crate) async fn until(&self, expression: &str) {
        self.until_within(expression, PATIENCE).await;
    }

    /// The same for what a software adapter takes minutes for.
    pub(crate) async fn long_until(&self, expression: &str) {
        self.until_within(expression, 10 * PATIENCE).await;
    }

    /// The same for what a software adapter takes most of an hour for.
    pub(crate) async fn hour_until(&self, expression: &str) {
        self.until_within(expression, 90 * PATIENCE).await;
    }

    async fn until_within(&self, expression: &str, patience: Duration) {
        let start = Instant::now();
        while self.js(&format!("return !!({expression})")).await != Value::Bool(true) {
            if start.elapsed() > patience {
                let body = self.js("return document.body.innerText").await;
                panic!("never true: {expression}\n{body}");
            }
            tokio::time::sleep(pause(start.elapsed())).await;
        }
    }

    /// Waits until an element is there and can be used, brings it into the middle of the window, clear of the job
    /// list at its foot, and clicks it. A click on a disabled button does nothing, and the test would wait in vain.
    pub(crate) async fn click(&self, css: &str) {
        let ready = format!(
            "document.querySelector({})?.matches(':not(:disabled)')",
            json!(css)
        );
        self.until(&ready).await;
        let to = format!(
            "document.querySelector({})?.scrollIntoView({{block: 'center'}})",
            json!(css)
        );
        let start = Instant::now();
        loop {
            self.js(&to).await;
            // The page may draw the element anew, or something over it, between the look and the click.
            match self.try_click(css).await {
                Ok(()) => return,
                Err(error) if start.elapsed() > PATIENCE => {
                    panic!("{css} can't be clicked: {error}")
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    async fn try_click(&self, css: &str) -> Result<(), CmdError> {
        self.client.find(Locator::Css(css)).await?.click().await
    }

    /// Opens a page by the rail, under its name in the address.
    pub(crate) async fn open_page(&self, name: &str) {
        let link = format!(".rail a[href^='#/{name}']");
        self.until(&format!("document.querySelector({})", json!(link)))
            .await;
        self.click(&link).await;
    }

    /// Opens a part of the Compare page.
    pub(crate) async fn open_part(&self, name: &str) {
        self.click(&format!("#tab-{name}")).await;
        self.until(&format!(
            "document.querySelector('#tab-{name}[aria-current]')"
        ))
        .await;
    }

    /// Waits until an element that the selector fits holds the words.
    pub(crate) async fn shows(&self, css: &str, words: impl Into<Said>) {
        self.until(&search("some", css, &words.into())).await;
    }

    /// The same for what a software adapter takes minutes for.
    pub(crate) async fn long_shows(&self, css: &str, words: impl Into<Said>) {
        self.long_until(&search("some", css, &words.into())).await;
    }

    /// Waits until no element that the selector fits holds the words.
    pub(crate) async fn hides(&self, css: &str, words: impl Into<Said>) {
        self.until(&format!("!{}", search("some", css, &words.into())))
            .await;
    }

    pub(crate) async fn choose_file(&self, path: &Path) {
        self.choose_file_in("#files", path).await;
    }

    /// Chooses a file that replaces what is loaded, which the page asks about.
    pub(crate) async fn replace_by(&self, path: &Path) {
        self.choose_file(path).await;
        self.until("document.querySelector('#later-replace')").await;
        self.click("#later-replace").await;
        self.click("#later-take").await;
        self.until("!document.querySelector('#later-files')").await;
    }

    /// Chooses a file in the input that the selector fits.
    pub(crate) async fn choose_file_in(&self, css: &str, path: &Path) {
        let input = self.client.find(Locator::Css(css)).await.unwrap();
        input.send_keys(&path.display().to_string()).await.unwrap();
    }

    /// Sets a select or an input as a person would, and tells the page.
    pub(crate) async fn set(&self, css: &str, value: &str) {
        let script = "const e = document.querySelector(arguments[0]); e.value = arguments[1]; \
                      e.dispatchEvent(new Event('change', {bubbles: true}));";
        self.client
            .execute(script, vec![json!(css), json!(value)])
            .await
            .unwrap();
    }

    /// Sets the select of the row with this name in a table.
    pub(crate) async fn set_in_row(&self, table: &str, name: &str, value: &str) {
        let row = format!("{table} tbody tr");
        let place = "return [...document.querySelectorAll(arguments[0])].findIndex(r => r.querySelector('th').innerText == arguments[1]) + 1";
        let arguments = vec![json!(row), json!(name)];
        let place = self.client.execute(place, arguments).await.unwrap();
        assert_ne!(place, 0, "{table} has no row {name}");
        self.set(&format!("{row}:nth-child({place}) select"), value)
            .await;
    }

    /// Clicks the first element that the selector fits and that holds the words.
    pub(crate) async fn click_with(&self, css: &str, words: impl Into<Said>) {
        let found = search("find", css, &words.into());
        // A click by script is no person's, which downloads need: the browser's own has to find the element.
        self.js(&format!("({found}).dataset.wanted = ''")).await;
        self.click("[data-wanted]").await;
        self.js("delete document.querySelector('[data-wanted]')?.dataset.wanted")
            .await;
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) async fn press(&self, keys: &str) {
        let body = self.client.find(Locator::Css("body")).await.unwrap();
        body.send_keys(keys).await.unwrap();
    }

    /// Waits until all scores and tests are there.
    pub(crate) async fn scored(&self) {
        self.until(
            "document.querySelectorAll('#scores tbody tr').length > 0 \
             && !document.querySelector('#scores .waiting, .verdict.waiting, .jobs progress')",
        )
        .await;
    }

    /// How often the selector fits.
    pub(crate) async fn count(&self, css: &str) -> u64 {
        let script = format!("return document.querySelectorAll({css:?}).length");
        self.js(&script).await.as_u64().unwrap()
    }

    pub(crate) async fn text(&self, css: &str) -> String {
        self.client
            .find(Locator::Css(css))
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    }

    /// The contents of a file that the page saves.
    pub(crate) async fn downloaded(&self, name: &str) -> String {
        String::from_utf8(self.downloaded_bytes(name).await).unwrap()
    }

    /// The same for a file that is not text.
    pub(crate) async fn downloaded_bytes(&self, name: &str) -> Vec<u8> {
        let folder = self.home.join("downloads");
        let path = folder.join(name);
        // The browser reserves the name with an empty file, writes another one, and renames that.
        let is_saved = || {
            let has_text = std::fs::metadata(&path).is_ok_and(|file| file.len() > 0);
            let mut files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            let is_part = |path: &Path| {
                path.extension()
                    .is_some_and(|e| e == "crdownload" || e == "part")
            };
            has_text && !files.any(|file| is_part(&file.path()))
        };
        let start = Instant::now();
        while !is_saved() {
            assert!(start.elapsed() < PATIENCE, "{name} was not saved");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        std::fs::read(path).unwrap()
    }

    /// The path of a file that the page saves.
    pub(crate) fn download_path(&self, name: &str) -> PathBuf {
        self.home.join("downloads").join(name)
    }

    /// Removes a saved file, so that the next one of this name can be recognised.
    pub(crate) fn forget_download(&self, name: &str) {
        std::fs::remove_file(self.home.join("downloads").join(name)).unwrap();
    }
}
