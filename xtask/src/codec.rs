//! The typed calls as a browser carries them: under node the codec, with made-up values; in Chromium a page with
//! its worker, which answers, crashes and is started again.

use crate::build::{self, TARGET};
use crate::files::make_folder;
use crate::process::{Step, cargo_target, run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// How long the page may take; on a busy machine a browser's start alone takes seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// The page, which reports what the program writes into its document.
const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><body><script type="module">
import init from "./worker_life.js";
new MutationObserver(() => fetch("/report", { method: "POST", body: document.body.textContent }))
    .observe(document.body, { childList: true });
await init({ module_or_path: "./worker_life_bg.wasm" });
</script>"#;

/// Starts the worker.
const BOOT: &str = r#"import init from "./worker_life.js";
await init({ module_or_path: "./worker_life_bg.wasm" });"#;

/// Builds the examples of crates/web-calls and runs them.
pub fn check() -> Result<(), String> {
    crate::tools::wasm_target()?;
    crate::tools::browser()?;
    if Command::new("node").arg("--version").output().is_err() {
        return Err("node is needed to check the browser's codec; install Node.js".to_owned());
    }
    let arguments = [
        "build",
        "--locked",
        "--package",
        "assay-web-calls",
        "--examples",
        "--target",
        TARGET,
    ];
    run(Step::cargo("the examples of typed calls", &arguments))?;
    let binder = ["build", "--locked", "--package", "assay-bind"];
    run(Step::cargo("the tool that binds programs", &binder))?;
    let built = cargo_target().join(TARGET).join("debug/examples");
    let codec = bind(&built, "codec", &["--node"])?;
    let program = codec.join("codec.js").display().to_string();
    run(Step::new("the codec under node", "node", &[&program]))?;
    worker_life(&bind(&built, "worker_life", &[])?)
}

/// Binds an example for node or for browsers; the folder it is in.
fn bind(built: &Path, name: &str, options: &[&str]) -> Result<PathBuf, String> {
    let folder = built.join(format!("{name}-bound"));
    make_folder(&folder)?;
    let program = built.join(format!("{name}.wasm")).display().to_string();
    let step = Step::new("binding an example", &build::binder(), options);
    run(step.and(&[&folder.display().to_string(), &program]))?;
    Ok(folder)
}

/// Opens the page in Chromium and waits for its report.
fn worker_life(folder: &Path) -> Result<(), String> {
    println!("== a worker's life in Chromium");
    let failed = |error: std::io::Error| format!("a worker's life: {error}");
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (send, reports) = channel();
    let files = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Browsers open connections that they may not use.
            let (files, send) = (files.clone(), send.clone());
            std::thread::spawn(move || {
                // A request that the browser abandons means nothing; a missing report is noticed below.
                if let Ok(Some(report)) = answer(stream, &files) {
                    drop(send.send(report));
                }
            });
        }
    });
    let profile = folder.join("profile");
    let mut browser = Command::new("chromium")
        .args(["--headless=new", "--no-sandbox", "--disable-gpu"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("http://{address}/"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("Chromium can't be started: {error}"))?;
    let report = reports.recv_timeout(PATIENCE);
    browser
        .kill()
        .and_then(|()| browser.wait())
        .map_err(failed)?;
    match report.as_deref() {
        Ok("passed") => {
            println!("== a worker's life in Chromium: passed");
            Ok(())
        }
        Ok(report) => Err(format!("a worker's life: {report}")),
        Err(_) => Err("a worker's life: the page did not report in two minutes".to_owned()),
    }
}

/// Answers one request; the report, if it is one.
fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<Option<String>> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let (mut length, mut header) = (0, String::new());
    while reader.read_line(&mut header)? > 2 {
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
        header.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let path = request.split(' ').nth(1).unwrap_or("/");
    let (kind, content) = match path {
        "/" => ("text/html", PAGE.into()),
        "/boot.js" => ("text/javascript", BOOT.into()),
        "/worker_life.js" => ("text/javascript", std::fs::read(folder.join(&path[1..]))?),
        "/worker_life_bg.wasm" => ("application/wasm", std::fs::read(folder.join(&path[1..]))?),
        "/report" => ("text/plain", Vec::new()),
        _ => {
            stream.write_all(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            )?;
            return Ok(None);
        }
    };
    let length = content.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&content)?;
    let report = String::from_utf8_lossy(&body).into_owned();
    Ok((path == "/report").then_some(report))
}
