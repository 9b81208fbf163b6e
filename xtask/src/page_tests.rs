//! The page in real Chromium, driven over WebDriver: import, roles, scores, slice, filter, detail,
//! export, both languages, dark mode, offline, and no request off the page's own origin. fantoccini
//! rather than a DevTools client, because chromedriver's performance log has every network event
//! too and its types need not be compiled by the thousand.

use crate::build;
use crate::serve;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

/// chromedriver's log of one kind, which WebDriver itself doesn't have.
#[derive(Debug)]
struct Log(&'static str);

impl WebDriverCompatibleCommand for Log {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({"type": self.0}).to_string()),
        )
    }
}

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The page's server, which can be shut.
struct Site {
    origin: String,
    open: Arc<AtomicBool>,
}

impl Site {
    fn start(folder: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let open = Arc::new(AtomicBool::new(true));
        let running = open.clone();
        std::thread::spawn(move || serve::serve(&listener, &folder, &running));
        Self { origin, open }
    }
}

/// A browser with a profile of its own.
struct Browser {
    client: Client,
    downloads: PathBuf,
    _driver: Driver,
}

impl Browser {
    async fn start(language: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver can be started");
        let driver = Driver(driver);
        let home = std::env::temp_dir().join(format!("assay-page-{}-{port}", std::process::id()));
        let downloads = home.join("downloads");
        std::fs::create_dir_all(&downloads).unwrap();
        let profile = format!("--user-data-dir={}", home.join("profile").display());
        let language = format!("--lang={language}");
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1440,900",
            &profile,
            &language,
        ];
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {
                "args": arguments,
                "prefs": {"download.default_directory": downloads, "intl.accept_languages": &language[7..]},
            },
        });
        let Value::Object(capabilities) = capabilities else {
            unreachable!()
        };
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let address = format!("http://127.0.0.1:{port}");
        let start = Instant::now();
        let client = loop {
            let mut builder = ClientBuilder::new(connector.clone());
            match builder
                .capabilities(capabilities.clone())
                .connect(&address)
                .await
            {
                Ok(client) => break client,
                Err(e) => assert!(
                    start.elapsed() < PATIENCE,
                    "chromedriver gives no session: {e}"
                ),
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        Self {
            client,
            downloads,
            _driver: driver,
        }
    }

    async fn js(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Waits until the expression is true.
    async fn until(&self, expression: &str) {
        let start = Instant::now();
        while self.js(&format!("return !!({expression})")).await != Value::Bool(true) {
            if start.elapsed() > PATIENCE {
                let body = self.js("return document.body.innerText").await;
                panic!("never true: {expression}\n{body}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn click(&self, css: &str) {
        self.client
            .find(Locator::Css(css))
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
    }

    async fn choose_file(&self, path: &Path) {
        let input = self.client.find(Locator::Css("#files")).await.unwrap();
        input.send_keys(&path.display().to_string()).await.unwrap();
    }

    /// Sets a select or an input as a person would, and tells the page.
    async fn set(&self, css: &str, value: &str) {
        let script = "const e = document.querySelector(arguments[0]); e.value = arguments[1]; \
                      e.dispatchEvent(new Event('change', {bubbles: true}));";
        self.client
            .execute(script, vec![json!(css), json!(value)])
            .await
            .unwrap();
    }

    async fn text(&self, css: &str) -> String {
        self.client
            .find(Locator::Css(css))
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    }

    async fn downloaded(&self, name: &str) -> String {
        let path = self.downloads.join(name);
        let start = Instant::now();
        while !path.exists() {
            assert!(start.elapsed() < PATIENCE, "{name} was not saved");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        std::fs::read_to_string(path).unwrap()
    }

    /// No error on the console, and no request but to `origin`.
    async fn assert_clean(&self, origin: &str) {
        for entry in self
            .client
            .issue_cmd(Log("browser"))
            .await
            .unwrap()
            .as_array()
            .unwrap()
        {
            assert_ne!(entry["level"], "SEVERE", "{entry}");
        }
        let mut requests = 0;
        for entry in self
            .client
            .issue_cmd(Log("performance"))
            .await
            .unwrap()
            .as_array()
            .unwrap()
        {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let message = &event["message"];
            if message["method"] != "Network.requestWillBeSent" {
                continue;
            }
            let url = message["params"]["request"]["url"].as_str().unwrap();
            // The log begins with the browser's own start page; only these go to a network.
            let network = ["http:", "https:", "ws:", "wss:"]
                .iter()
                .any(|scheme| url.starts_with(scheme));
            assert!(
                !network || url.starts_with(origin),
                "a request went to {url}"
            );
            requests += usize::from(network);
        }
        assert!(requests > 0, "the log holds the page's own requests");
    }
}

fn sample() -> PathBuf {
    let path = std::env::temp_dir().join(format!("assay-sample-{}.csv", std::process::id()));
    let mut text = String::from("prompt,reference,base,tuned,domain,notes\n");
    for i in 0..40 {
        let domain = ["law", "health"][i % 2];
        text.push_str(&format!(
            "Say {i},the number {i} is a fine and good number,number {i} was bad,the number {i} is a fine and good number,{domain},remark number {i} about it\n"
        ));
    }
    text.push_str("broken,row\n");
    std::fs::write(&path, text).unwrap();
    path
}

#[tokio::test]
async fn a_person_goes_the_whole_way() {
    let site = Site::start(build::folder());
    let browser = Browser::start("en-US").await;
    let b = &browser;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;

    // Import, with a row set aside, and a role corrected.
    b.choose_file(&sample()).await;
    b.until("document.querySelector('#loaded')").await;
    assert!(b.text("#loaded").await.starts_with("40 rows"));
    assert!(
        b.text("#problems")
            .await
            .contains("line 42 · 2 fields where the header has 6")
    );
    b.set("#roles tr:nth-child(6) select", "ignored").await;
    b.until("[...document.querySelectorAll('#roles select')].map(s => s.value).join() == 'source,reference,hypothesis,hypothesis,slice,ignored'").await;

    // Scores.
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelectorAll('section.metric').length == 8")
        .await;
    assert!(
        b.text(".verdict")
            .await
            .contains("tuned is better than base on 8 of 8 measures")
    );
    assert!(
        b.text(".metric").await.contains("100"),
        "the tuned system is perfect"
    );
    assert!(
        b.text(".signature")
            .await
            .contains("tok:13a|smooth:exp|version:2.6.0")
    );

    // An option.
    b.set("select[data-option=tokenize]", "char").await;
    b.until("document.querySelector('.signature').innerText.includes('tok:char')")
        .await;

    // Slice, filter and detail.
    b.click("#slices .multiple").await;
    b.until("document.querySelector('#found')?.innerText.startsWith('20 ')")
        .await;
    b.set("#search", "Say 1").await;
    b.until("location.hash.includes('text=Say%201')").await;
    b.until("document.querySelectorAll('.item').length > 0 && !document.querySelector('#found').innerText.startsWith('20 ')").await;
    b.click(".item").await;
    b.until("document.querySelector('#detail ins')").await;
    b.js("document.querySelector('.examples').focus()").await;

    // Export.
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelector('#export-json')").await;
    b.click("#export-json").await;
    let results: Value = serde_json::from_str(&b.downloaded("assay-results.json").await).unwrap();
    let tuned = &results["metrics"][0]["systems"][1];
    assert!((tuned["score"]["value"].as_f64().unwrap() - 100.0).abs() < 1e-9);
    assert_eq!(tuned["segments"].as_array().unwrap().len(), 40);
    b.click("#export-segments").await;
    assert_eq!(b.downloaded("assay-segments.csv").await.lines().count(), 41);

    // The other language and the other theme.
    b.click("#language").await;
    b.until(
        "document.documentElement.lang == 'zh-CN' && document.body.innerText.includes('基线模型')",
    )
    .await;
    let ground = "getComputedStyle(document.body).backgroundColor";
    let before = b.js(&format!("return {ground}")).await;
    b.click("#theme").await;
    assert_ne!(b.js(&format!("return {ground}")).await, before);

    // Offline: the files are kept, the server goes away, the page still opens and scores.
    b.until("navigator.serviceWorker.controller").await;
    b.assert_clean(&site.origin).await;
    site.open.store(false, Ordering::SeqCst);
    b.client.refresh().await.unwrap();
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#demo')").await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')?.innerText.includes('60')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelectorAll('section.metric').length == 8")
        .await;
    browser.client.clone().close().await.unwrap();
}

#[tokio::test]
async fn bad_files_are_refused_in_words_and_nothing_is_lost() {
    let site = Site::start(build::folder());
    let browser = Browser::start("zh-CN").await;
    let b = &browser;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.documentElement.lang == 'zh-CN' && document.querySelector('#demo')")
        .await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')").await;
    let path = std::env::temp_dir().join(format!("assay-header-{}.csv", std::process::id()));
    std::fs::write(&path, "a,b\n").unwrap();
    b.choose_file(&path).await;
    b.until("document.querySelector('[role=alert]')?.innerText.includes('只有表头')")
        .await;
    assert!(
        b.text("#loaded").await.contains("60"),
        "the example is still loaded"
    );
    b.assert_clean(&site.origin).await;
    browser.client.clone().close().await.unwrap();
}
