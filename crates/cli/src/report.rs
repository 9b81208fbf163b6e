//! Writes a report of files: the verdict with its evidence, as the page's Report has it.
//!
//! ```text
//! assay report outputs.jsonl trainer_log.jsonl --format html --output report.html
//! ```

use crate::evaluation::{Evaluation, Settings};
use crate::failure::Failure;
use crate::sources::Sources;
use assay_containers::write_workbook;
use assay_core::reports::{Reports, Written};
use assay_core::saved::Saved;
use assay_protocol::data::FileKind;
use assay_protocol::report::Format;
use clap::ValueEnum;
use std::io::{IsTerminal, Write};

/// Which files, and how the report is written.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    sources: Sources,
    /// The report's format
    #[arg(long, default_value = "md")]
    format: ReportFormat,
    /// Where the report is written; to the output stream otherwise
    #[arg(long, value_name = "FILE")]
    output: Option<String>,
    /// The report's language: `en`, `zh`
    #[arg(long, default_value = "en")]
    language: String,
    #[command(flatten)]
    settings: Settings,
}

/// The formats of a report.
#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// One HTML file
    Html,
    /// Markdown
    Md,
    /// The whole evaluation, which the page opens
    Json,
    /// LaTeX tables
    Tex,
    /// A model card's evaluation section
    ModelIndex,
    /// A workbook of sheets, with examples
    Xlsx,
}

impl ReportFormat {
    fn format(self) -> Format {
        match self {
            Self::Html => Format::Html,
            Self::Md => Format::Markdown,
            Self::Json => Format::Json,
            Self::Tex => Format::Latex,
            Self::ModelIndex => Format::ModelIndex,
            Self::Xlsx => Format::Xlsx,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When a file can't be read or the report not written.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let evaluation = Evaluation::of(&arguments.sources, &arguments.settings)?;
    for (file, kind) in &evaluation.left_out {
        match kind {
            FileKind::Judgements => {
                let bytes = std::fs::read(file).map_err(|e| format!("{file}: {e}"))?;
                evaluation.session.borrow_mut().add_ratings(file, &bytes)?;
            }
            _ => eprintln!("{file}: left out, as it holds {}", kind.name()),
        }
    }
    let (session, training, experiments) = (
        evaluation.session.borrow(),
        &evaluation.training,
        &evaluation.experiments,
    );
    let day = time::OffsetDateTime::now_utc().date().to_string();
    let reports = Reports::default();
    let content = reports.content(&session, training, experiments, &day);
    let saved = |results| Saved::of(&session, training, experiments, results);
    let format = arguments.format.format();
    let written = reports.written(format, &arguments.language, content, &session, saved)?;
    let bytes = match written {
        Written::File(file) => file.bytes.0,
        Written::Workbook(sheets) => write_workbook(&sheets)?,
    };
    match &arguments.output {
        Some(path) => std::fs::write(path, bytes).map_err(|e| format!("{path}: {e}"))?,
        None => print(&bytes, format)?,
    }
    Ok(())
}

/// Writes a report to the output stream.
fn print(bytes: &[u8], format: Format) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    if format == Format::Xlsx && out.is_terminal() {
        return Err("a workbook is no text; name a file for it with --output".into());
    }
    out.write_all(bytes)?;
    if format != Format::Xlsx {
        out.write_all(b"\n")?;
    }
    Ok(())
}
