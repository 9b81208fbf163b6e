//! A static file server for the built page, on this machine only.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Serves `folder` at http://127.0.0.1:8080 until stopped.
pub fn forever(folder: &Path) -> Result<(), String> {
    let listener = TcpListener::bind("127.0.0.1:8080")
        .map_err(|e| format!("port 8080 can't be used ({e}); stop what uses it and try again"))?;
    println!("Assay is at http://127.0.0.1:8080 (Ctrl+C stops it)");
    serve(&listener, folder, &AtomicBool::new(true));
    Ok(())
}

/// Answers every connection in a thread of its own; drops them unanswered while not `open`.
pub fn serve(listener: &TcpListener, folder: &Path, open: &AtomicBool) {
    for stream in listener.incoming().flatten() {
        if !open.load(Ordering::SeqCst) {
            continue;
        }
        let folder = folder.to_owned();
        std::thread::spawn(move || {
            // A browser that hangs up early is no error of ours.
            let _ = answer(stream, &folder);
        });
    }
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request
        .split(' ')
        .nth(1)
        .unwrap_or("/")
        .split('?')
        .next()
        .unwrap_or("/");
    match file(folder, path).and_then(|p| Some((mime(&p), std::fs::read(&p).ok()?))) {
        Some((mime, body)) => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n",
                body.len()
            )?;
            stream.write_all(&body)
        }
        None => stream
            .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}

/// The file of a request's path; nothing outside the folder.
fn file(folder: &Path, path: &str) -> Option<PathBuf> {
    let name = path.trim_start_matches('/');
    let name = if name.is_empty() { "index.html" } else { name };
    let safe = name
        .split('/')
        .all(|part| !part.is_empty() && !part.starts_with('.'));
    (safe && !name.contains('\\')).then(|| folder.join(name))
}

fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::file;
    use std::path::Path;

    #[test]
    fn nothing_outside_the_folder_is_served() {
        assert_eq!(file(Path::new("d"), "/"), Some("d/index.html".into()));
        assert_eq!(file(Path::new("d"), "/../Cargo.toml"), None);
        assert_eq!(file(Path::new("d"), "/a//b"), None);
        assert_eq!(
            file(Path::new("d"), "//etc/passwd"),
            Some("d/etc/passwd".into())
        );
    }
}
