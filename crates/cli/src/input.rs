//! Reading tables and lines from files, and what is in containers.

use crate::failure::Failure;
use assay_core::containers::{InMemory, unpack};
use assay_core::sniff::HEAD;
use assay_data::import::{ImportError, Imported, Importer, Problem};
use assay_metrics::asset;
use assay_results::metric_info::Asset;
use std::io::Read;
use std::rc::Rc;

/// Bytes that are read at once.
const SLICE: usize = 1 << 20;

/// Reads the file at `path` with an importer.
///
/// # Errors
/// When it can't be opened, or is no table.
pub(crate) fn read(path: &str, mut importer: Importer) -> Result<Imported, Failure> {
    let file = Input::Path(path.to_owned());
    file.pieces(&mut |piece| importer.push(piece))?;
    Ok(importer.finish()?)
}

/// Loads a file of data that a metric needs. The command holds them, so that it works wherever it is installed.
///
/// # Errors
/// When it is damaged.
pub(crate) fn load_asset(which: Asset) -> Result<(), Failure> {
    let bytes: &[u8] = match which {
        Asset::WordNet => include_bytes!("../../../www/wordnet.bin"),
        Asset::Jieba => include_bytes!("../../../www/jieba.bin"),
    };
    match asset::load(which, bytes) {
        true => Ok(()),
        false => Err(format!("{} can't be read", which.file()).into()),
    }
}

/// A file to look at: one of the disk's, or one that was in a container.
pub(crate) enum Input {
    /// On the disk.
    Path(String),
    /// In a workbook, archive or the like.
    Member {
        /// Its path, with the container's name before it.
        path: String,
        /// Its bytes; a table's as JSON Lines.
        bytes: Vec<u8>,
        /// Cells of a table that could not be read, the first of them.
        problems: Vec<Problem>,
        /// How many in all.
        problem_count: usize,
    },
}

impl Input {
    /// The files at these paths, with those in containers in place of the containers. What is left out of a container
    /// is said on the error stream.
    ///
    /// # Errors
    /// When a file can't be read, or a container not be opened.
    pub(crate) fn all(paths: &[String]) -> Result<Vec<Self>, Failure> {
        let mut all = Vec::new();
        for path in paths {
            let input = Self::Path(path.clone());
            if assay_containers::recognise(&input.head()?).is_none() {
                all.push(input);
                continue;
            }
            let file = std::fs::File::open(path).map_err(|e| format!("{path}: {e}"))?;
            let mut members = InMemory::default();
            let contents = unpack(path, Rc::new(file), &mut members, &|_| {})?;
            for error in &contents.left_out {
                eprintln!("left out: {error}");
            }
            let members = contents.members.into_iter().zip(members.0);
            all.extend(members.map(|(info, bytes)| Self::Member {
                path: info.path,
                bytes,
                problems: info.problems,
                problem_count: info.problem_count,
            }));
        }
        Ok(all)
    }

    /// Its path.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Path(path) | Self::Member { path, .. } => path,
        }
    }

    /// Its first bytes, by which it is recognised.
    ///
    /// # Errors
    /// When it can't be read.
    pub(crate) fn head(&self) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Path(path) => {
                let file = std::fs::File::open(path).map_err(|e| format!("{path}: {e}"))?;
                let mut head = Vec::new();
                let read = file.take(HEAD as u64).read_to_end(&mut head);
                read.map_err(|e| format!("{path}: {e}"))?;
                Ok(head)
            }
            Self::Member { bytes, .. } => Ok(bytes[..bytes.len().min(HEAD)].to_vec()),
        }
    }

    /// Its table.
    ///
    /// # Errors
    /// When it can't be read, or is no table.
    pub(crate) fn table(&self) -> Result<Imported, Failure> {
        match self {
            Self::Path(path) => read(path, Importer::new(path)),
            Self::Member {
                path,
                problems,
                problem_count,
                ..
            } => {
                let mut importer = Importer::new(path);
                // Each piece is decoded into memory of its own.
                self.pieces(&mut |piece| importer.push(piece))?;
                let mut table = importer.finish()?;
                table.problems.extend(problems.iter().cloned());
                table.problem_count += problem_count;
                Ok(table)
            }
        }
    }

    /// Gives its bytes piece by piece to `take`.
    ///
    /// # Errors
    /// When it can't be read, and what `take` refuses.
    pub(crate) fn pieces(
        &self,
        take: &mut dyn FnMut(&[u8]) -> Result<(), ImportError>,
    ) -> Result<(), Failure> {
        match self {
            Self::Path(path) => {
                let mut file = std::fs::File::open(path).map_err(|e| format!("{path}: {e}"))?;
                let mut slice = vec![0; SLICE];
                loop {
                    match file.read(&mut slice).map_err(|e| format!("{path}: {e}"))? {
                        0 => return Ok(()),
                        n => take(&slice[..n])?,
                    }
                }
            }
            Self::Member { bytes, .. } => Ok(bytes.chunks(SLICE).try_for_each(take)?),
        }
    }

    /// All its bytes.
    ///
    /// # Errors
    /// When it can't be read.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Path(path) => std::fs::read(path).map_err(|e| format!("{path}: {e}").into()),
            Self::Member { bytes, .. } => Ok(bytes.clone()),
        }
    }
}
