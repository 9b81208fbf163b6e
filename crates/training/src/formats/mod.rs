//! The formats of training logs, a file each, and the order in which they are tried.

mod deepspeed;
mod dictionaries;
mod events;
mod format;
mod iterations;
mod keras;
mod lines;
mod megatron;
mod mmengine;
mod progress_bar;
mod table;
mod tensorboard;
#[cfg(test)]
mod testing;
mod torchtune;
mod totals;
mod trainer_state;
mod verl;
mod wandb;
mod wandb_runs;

use crate::Run;
use crate::error::LogError;
use crate::source::Source;
use format::{Format, LineFormat, Record};

/// The formats; the first that fits a file is taken. What is printed among other lines comes last, and lines before
/// bars, which repeat them with fewer digits.
static FORMATS: [Format; 11] = [
    events::FORMAT,
    trainer_state::FORMAT,
    tensorboard::FORMAT,
    totals::FORMAT,
    wandb::FORMAT,
    wandb_runs::FORMAT,
    table::FORMAT,
    dictionaries::FORMAT,
    keras::FORMAT,
    Format {
        name: LINES_NAME,
        detects: |source| lines::best(source, &LINES).is_some(),
        read: |source| {
            Ok(lines::best(source, &LINES)
                .map(|line| lines::read(source, line))
                .into_iter()
                .collect())
        },
    },
    progress_bar::FORMAT,
];

/// What a log of printed lines is called where the tool is not known.
const LINES_NAME: &str = "printed-lines";

/// Printed lines, each of which is a record of its own.
static LINES: [LineFormat; 6] = [
    line("iterations", iterations::record),
    line("megatron", megatron::record),
    line("torchtune", torchtune::record),
    line("mmengine", mmengine::record),
    line("verl", verl::record),
    line("deepspeed", deepspeed::record),
];

const fn line(name: &'static str, record: fn(&str) -> Option<Record>) -> LineFormat {
    LineFormat { name, record }
}

fn format_of(source: &Source) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.detects)(source))
}

/// Whether a file, of which only the beginning may be there, is a log.
pub(crate) fn detects(source: &Source) -> bool {
    format_of(source).is_some() || source.announces_training()
}

/// What the format of a file is called, of which only the beginning may be there; nothing where none fits.
pub(crate) fn name(source: &Source) -> Option<&'static str> {
    let name = format_of(source)?.name;
    match lines::best(source, &LINES).filter(|_| name == LINES_NAME) {
        Some(line) => Some(line.name),
        None => Some(name),
    }
}

/// The runs in a file; none where no format fits.
pub(crate) fn read(source: &Source) -> Result<Vec<Run>, LogError> {
    match format_of(source) {
        Some(format) => (format.read)(source),
        None => Ok(Vec::new()),
    }
}
