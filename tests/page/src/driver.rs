//! The programs that drive the browsers, and what is asked of them without a browser's client: one chromedriver for the
//! whole run, and a geckodriver for each Firefox, of which it can start only one.

use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

/// Whether the tests are compiled for Firefox: then those that need what only Chromium has are ignored, with the reason.
pub(crate) const IS_FIREFOX: bool = cfg!(feature = "firefox");

/// A running driver, which ends with this.
pub(crate) struct Driver {
    port: u16,
    /// What it and its Firefox print: the console of pages too.
    printed: Option<PathBuf>,
    /// The shell that the driver runs under: it ends the driver when its standard input closes.
    _shell: Child,
}

impl Driver {
    /// The driver of a new browser, whose folder this is.
    pub(crate) fn of(home: &Path) -> Arc<Self> {
        static CHROMEDRIVER: OnceLock<Arc<Driver>> = OnceLock::new();
        if IS_FIREFOX {
            let printed = home.join("printed.txt");
            let program = std::env::var("ASSAY_GECKODRIVER");
            let program = program.unwrap_or_else(|_| "geckodriver".to_owned());
            return Arc::new(Self::start(&program, Some(printed)));
        }
        let shared = CHROMEDRIVER.get_or_init(|| Arc::new(Self::start("chromedriver", None)));
        shared.clone()
    }

    /// Starts a driver under a shell that ends it when this process ends, however it does: then its standard input is
    /// closed. geckodriver leaves its Firefox running where it is ended like that, so its whole group is.
    fn start(program: &str, printed: Option<PathBuf>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("a port is free").port();
        drop(listener);
        let script = match IS_FIREFOX {
            true => {
                format!(
                    "trap : INT TERM; setsid '{program}' --port={port} & cat > /dev/null; kill -- -$!"
                )
            }
            false => format!("'{program}' --port={port} & cat > /dev/null; kill $!"),
        };
        let (mut output, mut errors) = (Stdio::null(), Stdio::null());
        if let Some(path) = &printed {
            let file = File::options().create(true).append(true).open(path);
            let file = file.expect("temporary files can be written");
            errors = file.try_clone().expect("a file has a second handle").into();
            output = file.into();
        }
        let shell = Command::new("sh")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .expect("a shell can be started");
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let waited = begun.elapsed();
            assert!(waited < PATIENCE, "{program} can't be reached");
            std::thread::sleep(Duration::from_millis(50));
        }
        Self {
            port,
            printed,
            _shell: shell,
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What it and its browser have printed so far.
    pub(crate) fn printed(&self) -> String {
        let bytes = self.printed.as_ref().map(std::fs::read);
        let bytes = bytes.map(|bytes| bytes.expect("what is printed can be read"));
        String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
    }

    /// Asks outside of any runtime: a failed test has none left. Gives the answer's value.
    pub(crate) fn ask(&self, method: &str, path: &str, body: &Value) -> Option<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let body = match method {
            "POST" => body.to_string(),
            _ => String::new(),
        };
        let (length, port) = (body.len(), self.port);
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .ok()?;
        // The driver keeps the connection open, so its end does not end the answer.
        let mut answer = BufReader::new(stream);
        let (mut length, mut header) = (0, String::new());
        while answer.read_line(&mut header).ok()? > 2 {
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().ok()?;
            }
            header.clear();
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).ok()?;
        let answer: Value = serde_json::from_slice(&body).ok()?;
        Some(answer["value"].clone())
    }

    /// What a person would look at after a failure: saves what the browser shows, prints its console.
    pub(crate) fn report(&self, session: &str, name: &str) {
        match self.console(session) {
            Some(lines) if lines.is_empty() => {
                eprintln!("{name}: nothing on the browser's console");
            }
            Some(lines) => {
                for line in lines {
                    eprintln!("{name}: console: {line}");
                }
            }
            None => eprintln!("{name}: the browser's console can't be read"),
        }
        match self.save_picture(session, name) {
            Ok(path) => eprintln!("{name}: what the browser showed is in {path}"),
            Err(sentence) => eprintln!("{name}: no picture of the page: {sentence}"),
        }
    }

    fn console(&self, session: &str) -> Option<Vec<String>> {
        if IS_FIREFOX {
            let printed = self.printed();
            let lines = printed
                .lines()
                .filter(|line| is_of_page(line) && is_error(line));
            return Some(lines.map(str::to_owned).collect());
        }
        let path = format!("/session/{session}/se/log");
        let lines = self.ask("POST", &path, &json!({"type": "browser"}))?;
        let line = |line: &Value| format!("{} {}", line["level"], line["message"]);
        Some(lines.as_array()?.iter().map(line).collect())
    }

    fn save_picture(&self, session: &str, name: &str) -> Result<String, String> {
        let path = format!("/session/{session}/screenshot");
        let picture = self.ask("GET", &path, &Value::Null);
        let picture = picture.as_ref().and_then(Value::as_str);
        let picture = picture.ok_or("the driver gives none")?;
        let bytes = data_encoding::BASE64.decode(picture.as_bytes());
        let bytes = bytes.map_err(|e| e.to_string())?;
        let folder = xtask::process::root().join("target/page-tests");
        let path = folder.join(format!("{name}.png"));
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&path, bytes))
            .map_err(|e| e.to_string())?;
        Ok(path.display().to_string())
    }
}

/// Whether a line that Firefox prints is of a page's console, and not of the driver or of the browser's own parts, which
/// print their names before what they say.
pub(crate) fn is_of_page(line: &str) -> bool {
    let console = line.strip_prefix("console.");
    let said = console.and_then(|rest| rest.split_once(": "));
    // Errors of the browser's own code come with the address of that.
    let is_own = line.contains("resource://") || line.contains("chrome://");
    let is_said = said.is_some_and(|(_, said)| !is_own && said.starts_with(['"', '(']));
    let error = line.strip_prefix("JavaScript error: ");
    let of_pages = ["http", "blob:", "file:"];
    is_said || error.is_some_and(|error| of_pages.iter().any(|start| error.starts_with(start)))
}

/// Whether such a line is of an error.
pub(crate) fn is_error(line: &str) -> bool {
    let starts = ["console.error", "console.assert", "JavaScript error"];
    starts.iter().any(|start| line.starts_with(start))
}
