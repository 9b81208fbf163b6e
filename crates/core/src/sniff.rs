//! Tells files apart by their first bytes: what kind a file is of and why, in one list, a line for each form. Every
//! place that takes files asks here, so that any file can be dropped anywhere and goes where it belongs.

use assay_codeeval::{has_samples, has_tests};
use assay_data::import::{Importer, begins_as_log};
use assay_data::roles::{self, holds_outputs};
use assay_data::{Role, Table};
use assay_experiment::roles::is_trial;
use assay_protocol::data::{FileKind, KindReason};
use assay_rating::exchange::{is_export, is_table};
use assay_training::read;

/// Bytes of a file from which its kind is recognised.
pub const HEAD: usize = 1 << 16;

/// What the file of a saved evaluation calls itself.
pub const SAVED_EVALUATION: &str = "assay-evaluation";

/// What a file is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its kind.
    pub kind: FileKind,
    /// Why.
    pub reason: KindReason,
    /// Kinds that it could be of as well; where there are some, the person should be asked.
    pub also: Vec<FileKind>,
    /// Whether it holds judgements of its outputs too, which the ratings take.
    pub with_judgements: bool,
}

/// Whether a file begins as a saved evaluation does.
pub fn is_saved_evaluation(head: &[u8]) -> bool {
    let start = &head[..head.len().min(200)];
    let text = String::from_utf8_lossy(start);
    text.trim_start().starts_with('{') && text.contains(SAVED_EVALUATION)
}

/// The first member of a backup, by whose name a zip file is recognised as one.
pub(crate) const BACKUP: &str = "assay-backup.json";

/// Whether a file begins as a backup of a project does: with the mark of zip files, and 30 bytes on with the name of the
/// first member. It is asked first of all, since a backup is a zip file too, and one that is unpacked has no outputs.
#[must_use]
pub fn is_backup(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    head.starts_with(b"PK\x03\x04") && name.starts_with(BACKUP.as_bytes())
}

/// The beginning of a file, as the forms look at it.
struct Beginning<'a> {
    name: &'a str,
    head: &'a [u8],
    table: Table,
    roles: Vec<Role>,
    /// Whether a tool's layout says what the columns are for.
    is_log_of_a_tool: bool,
}

impl Beginning<'_> {
    fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// A form that files have.
struct Form {
    kind: FileKind,
    reason: KindReason,
    /// Whether nothing else can be meant where this fits.
    is_certain: bool,
    fits: fn(&Beginning<'_>) -> bool,
}

const fn form(
    kind: FileKind,
    reason: KindReason,
    is_certain: bool,
    fits: fn(&Beginning<'_>) -> bool,
) -> Form {
    Form {
        kind,
        reason,
        is_certain,
        fits,
    }
}

/// All forms; of several that fit the first counts.
const FORMS: [Form; 10] = [
    form(FileKind::Evaluation, KindReason::SavedMark, true, |b| {
        is_saved_evaluation(b.head)
    }),
    form(FileKind::Outputs, KindReason::LogOfATool, true, |b| {
        b.is_log_of_a_tool
    }),
    form(
        FileKind::Outputs,
        KindReason::OutputsAndReferences,
        true,
        |b| holds_outputs(&b.table),
    ),
    form(FileKind::Log, KindReason::StepsAndLoss, false, |b| {
        read::is_log(b.name, b.head)
    }),
    form(FileKind::Outputs, KindReason::Classes, true, |b| {
        b.has(Role::Label) && b.has(Role::Prediction)
    }),
    form(
        FileKind::Judgements,
        KindReason::ExportOfJudgements,
        false,
        |b| is_export(b.name, b.head) || is_table(&b.table),
    ),
    form(FileKind::Trial, KindReason::UnitsAndArms, false, |b| {
        is_trial(&b.table)
    }),
    form(FileKind::Code, KindReason::Tests, false, |b| {
        has_tests(&b.table)
    }),
    form(FileKind::Code, KindReason::Completions, false, |b| {
        has_samples(&b.table)
    }),
    form(FileKind::Outputs, KindReason::Texts, false, |b| {
        b.has(Role::Hypothesis) && !b.has(Role::Reference)
    }),
];

/// What a file is, recognised from its first [`HEAD`] bytes (or all, where it has no more).
#[must_use]
pub fn sniff(name: &str, head: &[u8]) -> Finding {
    let mut importer = Importer::new(name);
    let has_begun = importer.push(head).is_ok();
    // A whole file is ended; of the beginning of a longer one that counts which was read.
    let read = if head.len() < HEAD {
        importer.finish().ok()
    } else {
        has_begun.then(|| importer.into_read())
    };
    let read = read.unwrap_or_default();
    let beginning = Beginning {
        name,
        head,
        is_log_of_a_tool: read.roles.is_some() || begins_as_log(head),
        roles: read.roles.unwrap_or_else(|| roles::guess(&read.table)),
        table: read.table,
    };
    let mut fitting = FORMS.iter().filter(|form| (form.fits)(&beginning));
    let Some(first) = fitting.next() else {
        return Finding {
            kind: FileKind::Outputs,
            reason: KindReason::NothingElse,
            also: Vec::new(),
            with_judgements: false,
        };
    };
    let mut also: Vec<FileKind> = Vec::new();
    for other in fitting.filter(|_| !first.is_certain) {
        if other.kind != first.kind && !also.contains(&other.kind) {
            also.push(other.kind);
        }
    }
    let is_log = first.reason == KindReason::LogOfATool;
    Finding {
        kind: first.kind,
        reason: first.reason,
        also,
        with_judgements: is_log && is_export(name, head),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, text: &str) -> (FileKind, KindReason, Vec<FileKind>) {
        let found = sniff(name, text.as_bytes());
        (found.kind, found.reason, found.also)
    }

    #[test]
    fn evidence_decides_and_what_else_fits_is_told() {
        let outputs = "id,question,reference,base,group,version,correct,step\n\
            1,Why?,because it is,it is so,a,v1,true,10\n2,How?,so it goes,it goes so,b,v2,false,20\n";
        assert_eq!(
            kind("a.csv", outputs),
            (FileKind::Outputs, KindReason::OutputsAndReferences, vec![])
        );
        let log = "step,loss,eval_loss\n10,2.0,\n20,1.5,1.7\n30,1.2,1.6\n";
        assert_eq!(kind("run.csv", log).0, FileKind::Log);
        let classes = "text,label,pred\nfine,pos,pos\nbad,neg,pos\nwell,pos,pos\n";
        assert_eq!(
            kind("a.csv", classes),
            (FileKind::Outputs, KindReason::Classes, vec![])
        );
        let mut trial = "user,variant,converted,reply\n".to_owned();
        for i in 0..40 {
            let arm = ["control", "treatment"][i % 2];
            trial += &format!("u{i},{arm},{},what user {i} said of it\n", i % 3 % 2);
        }
        assert_eq!(
            kind("ab.csv", &trial),
            (
                FileKind::Trial,
                KindReason::UnitsAndArms,
                vec![FileKind::Outputs]
            )
        );
        let ratings = "item,rater,system,fluency\n1,ann,a,4\n1,bob,a,5\n1,ann,b,3\n";
        assert_eq!(kind("ratings.csv", ratings).0, FileKind::Judgements);
        let battles = "question_id,model_a,model_b,winner\n1,a,b,model_a\n2,a,b,tie\n";
        assert_eq!(kind("battles.csv", battles).0, FileKind::Judgements);
        assert_eq!(kind("a.txt", "one line\n").1, KindReason::Texts);
        assert_eq!(kind("a.bin", "").1, KindReason::NothingElse);
    }
}
