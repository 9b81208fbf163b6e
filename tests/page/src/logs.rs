//! What the browser logged: errors on the console, and requests. Chromium's driver has a log of every request. Firefox's
//! has none, so there the page itself is asked, which knows the requests of its own window and not those of workers.

use crate::browser::Browser;
use crate::driver::{IS_FIREFOX, is_error, is_of_page};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

/// The addresses that the page's window has asked for since this was read last; that of the page is always among them.
const ASKED: &str = "const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]; \
    performance.clearResourceTimings(); \
    return entries.map(entry => entry.name);";

/// Whether a request goes to a network.
fn is_network(url: &str) -> bool {
    let schemes = ["http:", "https:", "ws:", "wss:"];
    schemes.iter().any(|scheme| url.starts_with(scheme))
}

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

impl Browser {
    /// No error on the console, and no request but to `origin`.
    pub(crate) async fn assert_clean(&self, origin: &str) {
        self.assert_no_error().await;
        let requests = self.requests().await;
        for url in &requests {
            assert!(url.starts_with(origin), "a request went to {url}");
        }
        assert!(
            !requests.is_empty(),
            "the log holds the page's own requests"
        );
    }

    /// No error on the console, and no request at all.
    pub(crate) async fn assert_asked_nothing(&self) {
        self.assert_no_error().await;
        assert_eq!(self.requests().await, Vec::<String>::new());
    }

    async fn assert_no_error(&self) {
        if IS_FIREFOX {
            let printed = self.driver().printed();
            let mut errors = printed
                .lines()
                .filter(|line| is_of_page(line) && is_error(line));
            assert_eq!(errors.next(), None);
            return;
        }
        for entry in self.log("browser").await {
            assert_ne!(entry["level"], "SEVERE", "{entry}");
        }
    }

    /// The addresses of all requests to a network since the log was read last. The log begins with the browser's own
    /// start page, and has files and blobs too.
    async fn requests(&self) -> Vec<String> {
        if IS_FIREFOX {
            let asked = self.js(ASKED).await;
            let asked = asked.as_array().expect("a list of addresses").iter();
            let asked = asked.filter_map(Value::as_str);
            return asked
                .filter(|url| is_network(url))
                .map(str::to_owned)
                .collect();
        }
        let mut requests = Vec::new();
        for entry in self.log("performance").await {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let message = &event["message"];
            let url = message["params"]["request"]["url"].as_str().unwrap_or("");
            if message["method"] == "Network.requestWillBeSent" && is_network(url) {
                requests.push(url.to_owned());
            }
        }
        requests
    }

    async fn log(&self, kind: &'static str) -> Vec<Value> {
        let log = self.client.issue_cmd(Log(kind)).await.unwrap();
        log.as_array().unwrap().clone()
    }
}
