//! chromedriver: one process for the whole run, and what is asked of it without a browser's client.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

/// The port of the run's chromedriver, which is started when first asked for.
pub(crate) fn port() -> u16 {
    static PORT: OnceLock<u16> = OnceLock::new();
    *PORT.get_or_init(start)
}

/// Starts chromedriver under a shell that ends it when this process ends, however it does: then its
/// standard input is closed.
fn start() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("a port is free").port();
    drop(listener);
    let script = format!("chromedriver --port={port} & cat > /dev/null; kill $!");
    let shell = Command::new("sh")
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell can be started");
    // Dropping the handle would close the standard input at once.
    std::mem::forget(shell);
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let waited = begun.elapsed();
        assert!(waited < PATIENCE, "chromedriver can't be reached");
        std::thread::sleep(Duration::from_millis(50));
    }
    port
}

/// Asks chromedriver outside of any runtime: a failed test has none left. Gives the answer's value.
pub(crate) fn ask(method: &str, path: &str, body: &Value) -> Option<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port())).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let body = match method {
        "POST" => body.to_string(),
        _ => String::new(),
    };
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .ok()?;
    // chromedriver keeps the connection open, so its end does not end the answer.
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
pub(crate) fn report(session: &str, name: &str) {
    let console = ask(
        "POST",
        &format!("/session/{session}/se/log"),
        &json!({"type": "browser"}),
    );
    match console.as_ref().and_then(Value::as_array) {
        Some(lines) if lines.is_empty() => eprintln!("{name}: nothing on the browser's console"),
        Some(lines) => {
            for line in lines {
                eprintln!("{name}: console: {} {}", line["level"], line["message"]);
            }
        }
        None => eprintln!("{name}: the browser's console can't be read"),
    }
    match save_picture(session, name) {
        Ok(path) => eprintln!("{name}: what the browser showed is in {path}"),
        Err(sentence) => eprintln!("{name}: no picture of the page: {sentence}"),
    }
}

fn save_picture(session: &str, name: &str) -> Result<String, String> {
    let picture = ask(
        "GET",
        &format!("/session/{session}/screenshot"),
        &Value::Null,
    );
    let picture = picture.as_ref().and_then(Value::as_str);
    let picture = picture.ok_or("chromedriver gives none")?;
    let bytes = data_encoding::BASE64.decode(picture.as_bytes());
    let bytes = bytes.map_err(|e| e.to_string())?;
    let folder = xtask::process::root().join("target/page-tests");
    let path = folder.join(format!("{name}.png"));
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&path, bytes))
        .map_err(|e| e.to_string())?;
    Ok(path.display().to_string())
}
