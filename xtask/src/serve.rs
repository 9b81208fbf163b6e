//! A static file server for the built page, on this machine only: right types, files packed with brotli or
//! gzip, ranges, and no file sent again that the browser already has.

use crate::compress::Encoding;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

/// Files above this are sent as they are: they are models, which hardly pack.
const PACKED_AT_MOST: u64 = 32 << 20;

/// How a host sends files.
#[derive(Debug, Clone, Copy)]
pub struct Host {
    /// `Cache-Control`.
    pub caching: &'static str,
    /// Endings of names, each with a type in place of the right one, as careless hosts have them.
    pub other_types: &'static [(&'static str, &'static str)],
    /// Paths of scripts, each with the text that is sent in place of the file's.
    pub other_scripts: &'static [(&'static str, &'static str)],
}

impl Default for Host {
    /// The right types. Names carry no digest of the contents: each use asks whether the file is still the same.
    fn default() -> Self {
        Self {
            caching: "no-cache",
            other_types: &[],
            other_scripts: &[],
        }
    }
}

/// Serves `folder` at http://127.0.0.1:8080 until stopped.
pub fn forever(folder: &Path) -> Result<(), String> {
    let listener = TcpListener::bind("127.0.0.1:8080")
        .map_err(|e| format!("port 8080 can't be used ({e}); stop what uses it and try again"))?;
    println!("Assay is at http://127.0.0.1:8080 (Ctrl+C stops it)");
    serve(&listener, folder, Host::default(), &AtomicBool::new(true));
    Ok(())
}

/// Answers every connection in a thread of its own; drops them unanswered while not `open`.
pub fn serve(listener: &TcpListener, folder: &Path, host: Host, open: &AtomicBool) {
    let site = Arc::new(Site {
        folder: folder.to_owned(),
        host,
    });
    for stream in listener.incoming().flatten() {
        if !open.load(Ordering::SeqCst) {
            continue;
        }
        let site = site.clone();
        std::thread::spawn(move || {
            // A browser that closes the connection early is not an error.
            let _ = site.answer(stream);
        });
    }
}

/// A packed file's place in the cache: another build of it has another tag.
type Key = (PathBuf, String, Encoding);

/// Packed files. All servers of a process have the same, as each test of the page has a server of its own.
static PACKED: LazyLock<Mutex<HashMap<Key, Arc<Vec<u8>>>>> = LazyLock::new(Mutex::default);

struct Site {
    folder: PathBuf,
    host: Host,
}

/// What a browser asks for.
#[derive(Default)]
struct Request {
    head_only: bool,
    path: String,
    range: Option<String>,
    accepted: String,
    known_tag: Option<String>,
}

impl Request {
    fn read(stream: &TcpStream) -> std::io::Result<Self> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or("/");
        let mut request = Self {
            head_only: line.starts_with("HEAD "),
            path: path.split('?').next().unwrap_or("/").to_owned(),
            ..Self::default()
        };
        line.clear();
        while reader.read_line(&mut line)? > 2 {
            if let Some((name, value)) = line.split_once(':') {
                let value = value.trim().to_owned();
                match name.to_ascii_lowercase().as_str() {
                    "range" => request.range = Some(value),
                    "accept-encoding" => request.accepted = value,
                    "if-none-match" => request.known_tag = Some(value),
                    _ => {}
                }
            }
            line.clear();
        }
        Ok(request)
    }
}

impl Site {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let request = Request::read(&stream)?;
        let mut others = self.host.other_scripts.iter();
        if let Some((path, text)) = others.find(|(path, _)| *path == request.path) {
            let (kind, length) = (self.mime(Path::new(path)), text.len());
            let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nCache-Control: no-cache";
            return write!(
                stream,
                "{head}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{text}"
            );
        }
        let found = file(&self.folder, &request.path)
            .and_then(|path| Some((File::open(&path).ok()?, path)))
            .filter(|(file, _)| file.metadata().is_ok_and(|m| m.is_file()));
        let Some((file, path)) = found else {
            return stream.write_all(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            );
        };
        let metadata = file.metadata()?;
        let size = metadata.len();
        let changed = metadata.modified()?.duration_since(UNIX_EPOCH);
        let tag = format!("{:x}-{size:x}", changed.unwrap_or_default().as_nanos());
        let range = request.range.as_deref().and_then(|r| range(r, size));
        let encoding = Encoding::accepted(&request.accepted)
            .filter(|_| range.is_none() && packs(&path) && size <= PACKED_AT_MOST);
        let full_tag = match encoding {
            Some(encoding) => format!("\"{tag}-{}\"", encoding.name()),
            None => format!("\"{tag}\""),
        };
        let caching = self.host.caching;
        let common = format!(
            "ETag: {full_tag}\r\nCache-Control: {caching}\r\nVary: Accept-Encoding\r\nAccept-Ranges: bytes\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n"
        );
        if request.known_tag.as_ref() == Some(&full_tag) && range.is_none() {
            return write!(stream, "HTTP/1.1 304 Not Modified\r\n{common}\r\n");
        }
        let common = format!("Content-Type: {}\r\n{common}", self.mime(&path));
        if let Some(encoding) = encoding {
            let bytes = packed(path, tag, encoding)?;
            let (name, length) = (encoding.name(), bytes.len());
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Encoding: {name}\r\nContent-Length: {length}\r\n{common}\r\n"
            )?;
            return if request.head_only {
                Ok(())
            } else {
                stream.write_all(&bytes)
            };
        }
        send(stream, file, range, &common, request.head_only)
    }

    fn mime(&self, path: &Path) -> &'static str {
        let others = self.host.other_types.iter();
        let mut other = others.filter(|(ending, _)| *ending == extension(path));
        other.next().map_or_else(|| mime(path), |(_, other)| other)
    }
}

/// The packed file, packed once for each of its versions.
fn packed(path: PathBuf, tag: String, encoding: Encoding) -> std::io::Result<Arc<Vec<u8>>> {
    let cache = || PACKED.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (path, tag, encoding);
    if let Some(bytes) = cache().get(&key) {
        return Ok(bytes.clone());
    }
    let bytes = Arc::new(encoding.pack(&std::fs::read(&key.0)?)?);
    cache().retain(|(path, _, kind), _| *path != key.0 || *kind != encoding);
    cache().insert(key, bytes.clone());
    Ok(bytes)
}

/// Sends a file or a range of it as it is.
fn send(
    mut stream: TcpStream,
    mut file: File,
    range: Option<(u64, u64)>,
    common: &str,
    head_only: bool,
) -> std::io::Result<()> {
    let size = file.metadata()?.len();
    let (from, length) = range.unwrap_or((0, size));
    match range {
        Some(_) => {
            let to = from + length - 1;
            write!(
                stream,
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{to}/{size}\r\n"
            )?;
        }
        None => write!(stream, "HTTP/1.1 200 OK\r\n")?,
    }
    write!(stream, "Content-Length: {length}\r\n{common}\r\n")?;
    if head_only {
        return Ok(());
    }
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

fn extension(path: &Path) -> &str {
    path.extension().and_then(|e| e.to_str()).unwrap_or("")
}

fn mime(path: &Path) -> &'static str {
    match extension(path) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

/// Whether packing makes the file smaller.
fn packs(path: &Path) -> bool {
    const PACKING: [&str; 10] = [
        "html",
        "css",
        "js",
        "mjs",
        "json",
        "txt",
        "wasm",
        "webmanifest",
        "svg",
        "bin",
    ];
    PACKING.contains(&extension(path))
}

#[cfg(test)]
mod tests {
    use super::{Host, file, range, serve};
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

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

    /// A served folder with one file, and a way to ask for it.
    fn asker(text: &str) -> impl Fn(&str) -> (String, Vec<u8>) {
        let folder = std::env::temp_dir().join(format!("assay-serve-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a.mjs"), text).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            serve(&listener, &folder, Host::default(), &AtomicBool::new(true))
        });
        move |headers| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "GET /a.mjs HTTP/1.1\r\n{headers}\r\n").unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
            let body = answer.split_off(end + 4);
            (String::from_utf8(answer).unwrap(), body)
        }
    }

    #[test]
    fn a_file_is_packed_unless_a_range_is_asked_and_not_sent_twice() {
        let text = "export const words = 'like and like';\n".repeat(100);
        let ask = asker(&text);
        let (head, body) = ask("Accept-Encoding: gzip, br\r\n");
        assert!(head.contains("Content-Encoding: br\r\n") && body.len() < 200);
        assert!(head.contains("Content-Type: text/javascript; charset=utf-8\r\n"));
        let tag = head.split("ETag: ").nth(1).unwrap();
        let tag = tag.split("\r\n").next().unwrap().to_owned();
        let (head, body) = ask(&format!(
            "Accept-Encoding: gzip, br\r\nIf-None-Match: {tag}\r\n"
        ));
        assert!(head.starts_with("HTTP/1.1 304 ") && body.is_empty());
        let (head, body) = ask("Accept-Encoding: gzip\r\n");
        assert!(head.contains("Content-Encoding: gzip\r\n") && body.starts_with(&[0x1f, 0x8b]));
        let (head, body) = ask("Accept-Encoding: br\r\nRange: bytes=7-11\r\n");
        assert!(head.starts_with("HTTP/1.1 206 ") && !head.contains("Content-Encoding"));
        assert_eq!(body, b"const");
        let (head, body) = ask("");
        assert!(!head.contains("Content-Encoding") && body == text.as_bytes());
    }
}
