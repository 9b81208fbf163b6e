//! What a backup says of itself: the head, and the list of contents with the digest of every member. docs/backup.md
//! describes both for those who read backups without this program.

use crate::sniff::BACKUP;
use crate::workspace::kept::digest;
use crate::workspace::originals::ORIGINAL;
use assay_protocol::workspace::Damage;
use serde::{Deserialize, Serialize};

/// The version that is written, and the latest that is read.
pub(super) const VERSION: u32 = 1;
/// The first member: the list of contents, or how the others are sealed.
pub(super) const HEAD: &str = BACKUP;
/// The same at the end, for a file whose beginning is damaged.
pub(super) const HEAD_COPY: &str = "assay-backup-copy.json";
/// The list of contents of a sealed backup, and the same at the end.
pub(super) const SEALED_CONTENTS: [&str; 2] = ["contents.sealed", "contents-copy.sealed"];

/// Folders of members.
pub(super) const PARTS: &str = "parts/";
pub(super) const RATINGS: &str = "ratings/";
pub(super) const SCORES: &str = "scores/";

/// What any head has.
#[derive(Debug, Deserialize)]
pub(super) struct AnyHead {
    pub(super) assay_backup: u32,
}

/// The head of a sealed backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SealedHead {
    pub(super) assay_backup: u32,
    pub(super) sealed: Seal,
}

/// What the key is made with, besides the passphrase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// In hexadecimal digits.
    pub(super) salt: String,
}

/// The list of contents.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Contents {
    pub(super) assay_backup: u32,
    /// The format of the project's parts.
    pub(super) format: u32,
    pub(super) name: Option<String>,
    pub(super) titles: Vec<String>,
    pub(super) rows: usize,
    pub(super) sentences: Vec<(String, String)>,
    /// When it was made, in milliseconds since 1970.
    pub(super) made_ms: f64,
    pub(super) members: Vec<Member>,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    /// Its name: a folder and a file.
    pub(super) path: String,
    /// Its length, unpacked.
    pub(super) bytes: u64,
    /// Its SHA-256, unpacked, in hexadecimal digits.
    pub(super) sha256: String,
}

impl Member {
    pub(super) fn of(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            bytes: bytes.len() as u64,
            sha256: digest(bytes),
        }
    }

    /// Whether the name is one that can be a file's here: a known folder, and letters, digits and `._-` in it.
    pub(super) fn is_named_well(&self) -> bool {
        let folders = [PARTS, RATINGS, SCORES].iter();
        let mut names = folders.filter_map(|folder| self.path.strip_prefix(folder));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        names.any(|name| {
            (1..=200).contains(&name.len()) && !name.starts_with('.') && name.chars().all(is_plain)
        })
    }

    /// What its loss costs.
    pub(super) fn damage(&self) -> Damage {
        let part = self.path.strip_prefix(PARTS);
        match part {
            Some(name) => damage_of_part(name),
            None if self.path.starts_with(SCORES) => Damage::TokenScores,
            None if self.path.ends_with(".jsonl") => Damage::Answers,
            None => Damage::RatingTask,
        }
    }
}

/// What the loss of a project's part costs.
fn damage_of_part(name: &str) -> Damage {
    match name {
        "texts" => Damage::Texts,
        "data" => Damage::Data,
        "settings" => Damage::Settings,
        "rows" | "study" => Damage::Models,
        "runs" => Damage::Runs,
        "experiments" => Damage::Experiments,
        "goals" => Damage::Goals,
        "judgements" => Damage::Judgements,
        "programs" => Damage::Programs,
        "rounds" => Damage::Rounds,
        "annotations" => Damage::Annotations,
        "view" => Damage::View,
        name if name.starts_with(ORIGINAL) => Damage::Original,
        _ => Damage::Scores { count: 1 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::parts::{Part, RESULTS};

    #[test]
    fn every_part_has_its_own_loss() {
        let of_results = Damage::Scores { count: 1 };
        for part in Part::ALL {
            assert_ne!(damage_of_part(part.name()), of_results, "{part:?}");
        }
        for (_, start) in RESULTS {
            assert_eq!(damage_of_part(&format!("{start}3")), of_results);
        }
        assert_eq!(damage_of_part("original-0"), Damage::Original);
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for (path, expected) in [
            ("parts/scores-12", true),
            ("ratings/00ff-ab.jsonl", true),
            ("parts/", false),
            ("parts/../x", false),
            ("parts/a/b", false),
            ("parts/.x", false),
            ("x", false),
        ] {
            assert_eq!(Member::of(path, b"").is_named_well(), expected, "{path}");
        }
    }
}
