//! Makes the page's file of synonyms out of WordNet's database, which Debian's package wordnet-base puts
//! into /usr/share/wordnet:
//!
//!     cargo run --release -p assay-text --example wordnet -- /usr/share/wordnet www/wordnet.bin

use assay_text::wordnet::{PARTS, Packed};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(file)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: wordnet FOLDER FILE");
        return ExitCode::FAILURE;
    };
    match read(Path::new(&folder)).and_then(|packed| Ok(std::fs::write(file, packed.to_bytes())?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("wordnet: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The words of a line of a data file, as they are written. Its head is the offset, the lexicographer's
/// file, the type and the number of words in hexadecimal; each word is followed by a sense number.
fn words_of(line: &str) -> Option<Vec<&str>> {
    let mut fields = line.split(' ').skip(3);
    let count = usize::from_str_radix(fields.next()?, 16).ok()?;
    let words = fields.step_by(2).take(count);
    // Some adjectives carry in parentheses where they may stand.
    Some(words.map(|w| w.split('(').next().unwrap_or(w)).collect())
}

fn read(folder: &Path) -> Result<Packed, Failure> {
    let text = |name: String| std::fs::read_to_string(folder.join(name));
    let mut parts: BTreeMap<String, u8> = BTreeMap::new();
    let mut sets: [Vec<Vec<String>>; 4] = Default::default();
    for (part, name) in PARTS.iter().enumerate() {
        // The files begin with their licence, in lines that begin with a space.
        for line in text(format!("data.{name}"))?
            .lines()
            .filter(|l| !l.starts_with(' '))
        {
            let words = words_of(line).ok_or("a line of a data file can't be read")?;
            let words: Vec<&str> = words.into_iter().filter(|w| !w.contains('_')).collect();
            for word in &words {
                let lower = word.to_lowercase();
                let bits = if lower == *word { 17 } else { 1 };
                *parts.entry(lower).or_default() |= bits << part;
            }
            if words.len() > 1 {
                sets[part].push(words.into_iter().map(str::to_owned).collect());
            }
        }
    }
    let places: BTreeMap<&str, u32> = parts
        .keys()
        .zip(0..)
        .map(|(w, i)| (w.as_str(), i))
        .collect();
    let mut packed = Packed {
        words: parts.keys().map(|w| format!("{w}\n")).collect(),
        parts: parts.values().copied().collect(),
        ..Packed::default()
    };
    for (part, name) in PARTS.iter().enumerate() {
        let code = |word: &String| {
            let lower = word.to_lowercase();
            2 * places[lower.as_str()] + u32::from(lower == *word)
        };
        let coded = sets[part].iter().map(|set| set.iter().map(code).collect());
        packed.sets[part] = coded.collect();
        // Sets that begin alike stand together and pack better.
        packed.sets[part].sort();
        for line in text(format!("{name}.exc"))?.lines() {
            let mut words = line.split_whitespace();
            let form = words.next().unwrap_or_default().to_owned();
            let of = words.filter_map(|w| places.get(w).copied()).collect();
            packed.exceptions[part].push((form, of));
        }
        packed.exceptions[part].sort();
    }
    Ok(packed)
}
