//! What Chromium logged: errors on the console, and every request.

use crate::browser::Browser;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

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
        for entry in self.log("browser").await {
            assert_ne!(entry["level"], "SEVERE", "{entry}");
        }
    }

    /// The addresses of all requests to a network since the log was read last. The log begins with the browser's own
    /// start page, and has files and blobs too.
    async fn requests(&self) -> Vec<String> {
        let mut requests = Vec::new();
        for entry in self.log("performance").await {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let message = &event["message"];
            let url = message["params"]["request"]["url"].as_str().unwrap_or("");
            let schemes = ["http:", "https:", "ws:", "wss:"];
            let is_network = schemes.iter().any(|scheme| url.starts_with(scheme));
            if message["method"] == "Network.requestWillBeSent" && is_network {
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
