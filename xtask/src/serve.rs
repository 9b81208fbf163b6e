//! A static file server for the built page, on this machine only.

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
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
    let mut asked = None;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("range")
        {
            asked = Some(value.trim().to_owned());
        }
        header.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or("/");
    let path = path.split('?').next().unwrap_or("/");
    let found = file(folder, path).and_then(|p| Some((mime(&p), std::fs::File::open(&p).ok()?)));
    let Some((mime, mut file)) = found.filter(|(_, f)| f.metadata().is_ok_and(|m| m.is_file()))
    else {
        return stream.write_all(
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    };
    let size = file.metadata()?.len();
    let range = asked.and_then(|r| range(&r, size));
    let (from, length) = range.unwrap_or((0, size));
    match range {
        Some(_) => write!(
            stream,
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{}/{size}\r\n",
            from + length - 1
        )?,
        None => write!(stream, "HTTP/1.1 200 OK\r\n")?,
    }
    write!(
        stream,
        "Content-Type: {mime}\r\nContent-Length: {length}\r\nAccept-Ranges: bytes\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n"
    )?;
    file.seek(SeekFrom::Start(from))?;
    std::io::copy(&mut file.take(length), &mut stream).map(|_| ())
}

/// First byte and length of a range as a browser asks for it; nothing where it can't be given.
fn range(asked: &str, size: u64) -> Option<(u64, u64)> {
    let (from, to) = asked.strip_prefix("bytes=")?.split_once('-')?;
    let from: u64 = from.parse().ok()?;
    let to = match to {
        "" => size.checked_sub(1)?,
        to => to.parse::<u64>().ok()?.min(size.checked_sub(1)?),
    };
    (from <= to).then(|| (from, to - from + 1))
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
    use super::{file, range};
    use std::path::Path;

    #[test]
    fn a_range_is_cut_to_the_file_and_a_senseless_one_is_none() {
        assert_eq!(range("bytes=2-5", 10), Some((2, 4)));
        assert_eq!(range("bytes=2-", 10), Some((2, 8)));
        assert_eq!(range("bytes=8-99", 10), Some((8, 2)));
        assert_eq!(range("bytes=10-12", 10), None);
        assert_eq!(range("bytes=0-", 0), None);
        assert_eq!(range("lines=1-2", 10), None);
    }

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
