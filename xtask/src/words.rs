//! The words of the page as files of its own: the page's program and a rater's load those of the language that they
//! show.

use crate::files::{at, read_text, write};
use crate::process::root;
use assay_words::{WordsFile, words_files};
use std::collections::BTreeMap;
use std::path::Path;

/// The programs that load words, and the part of all messages that each of them says.
const PROGRAMS: [(&str, Option<&str>); 2] = [("app", None), ("rate", Some("rating"))];

/// Writes the files with words into the built page, and the script that fetches them.
pub fn write_files(to: &Path) -> Result<(), String> {
    let (www, parts) = (root().join("www"), root().join("crates/locale/parts"));
    let files = words_files(&www.join("locales"), &parts).map_err(|e| at(&parts, &e))?;
    for file in files.iter().filter(|file| program(file).is_some()) {
        write(&to.join(file.name()), &file.text)?;
    }
    let script = script(&read_text(&www.join("words.js"))?, &files)?;
    write(&to.join("words.js"), script)
}

/// The program that loads a file.
fn program(file: &WordsFile) -> Option<&'static str> {
    let loads = |(_, part): &&(&str, Option<&str>)| *part == file.part.as_deref();
    PROGRAMS.iter().find(loads).map(|(program, _)| *program)
}

/// The script with the files' names, by program and language.
fn script(template: &str, files: &[WordsFile]) -> Result<String, String> {
    let mut names: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for file in files {
        if let Some(program) = program(file) {
            let names = names.entry(program).or_default();
            names.insert(&file.language, file.name());
        }
    }
    let names = serde_json::to_string(&names).map_err(|e| e.to_string())?;
    Ok(template.replace("__WORDS__", &names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_names_the_files_of_each_program() {
        let file = |part: Option<&str>| WordsFile {
            part: part.map(str::to_owned),
            language: "en".into(),
            text: String::new(),
        };
        let files = [None, Some("rating"), Some("report")].map(file);
        let expected = concat!(
            r#"{"app":{"en":"words-en-cbf29ce484222325.txt"},"#,
            r#""rate":{"en":"words-rating-en-cbf29ce484222325.txt"}};"#
        );
        assert_eq!(script("__WORDS__;", &files).unwrap(), expected);
    }
}
