//! How browsers are started: their profile, language, folder for files that are saved, and what they log.

use crate::driver::IS_FIREFOX;
use serde_json::{Map, Value, json};
use std::path::Path;

/// The folder of a browser's profile, in the browser's own.
pub(crate) fn profile(home: &Path) -> String {
    home.join("profile").display().to_string()
}

/// What the driver is asked to start: the browser that the tests are compiled for.
pub(crate) fn capabilities(home: &Path, language: &str) -> Map<String, Value> {
    match IS_FIREFOX {
        true => of_firefox(home, language),
        false => of_chromium(home, language),
    }
}

fn of_firefox(home: &Path, language: &str) -> Map<String, Value> {
    let preferences = json!({
        "browser.download.alwaysOpenPanel": false,
        "browser.download.dir": home.join("downloads"),
        "browser.download.folderList": 2,
        // Errors and warnings of pages, which the driver's output is read for.
        "devtools.console.stdout.content": true,
        "intl.accept_languages": language,
    });
    // The window with what stands above the page.
    let size = json!({"MOZ_HEADLESS_WIDTH": "1440", "MOZ_HEADLESS_HEIGHT": "986"});
    let mut options = json!({
        "args": ["-headless", "-profile", profile(home)],
        "prefs": preferences,
        "env": size,
    });
    if let Ok(program) = std::env::var("ASSAY_FIREFOX") {
        options["binary"] = json!(program);
    }
    Map::from_iter([
        ("browserName".to_owned(), json!("firefox")),
        ("moz:firefoxOptions".to_owned(), options),
    ])
}

fn of_chromium(home: &Path, language: &str) -> Map<String, Value> {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1440,900",
        &format!("--user-data-dir={}", profile(home)),
        &format!("--lang={language}"),
    ];
    let logs = json!({"browser": "ALL", "performance": "ALL"});
    let downloads = home.join("downloads");
    let preferences =
        json!({"download.default_directory": downloads, "intl.accept_languages": language});
    Map::from_iter([
        ("browserName".to_owned(), json!("chrome")),
        ("goog:loggingPrefs".to_owned(), logs),
        (
            "goog:chromeOptions".to_owned(),
            json!({"args": arguments, "prefs": preferences, "perfLoggingPrefs": {"enablePage": false}}),
        ),
    ])
}
