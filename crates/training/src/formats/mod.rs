//! The formats of training logs, a file each, and the order in which they are tried.

mod deepspeed;
mod dictionaries;
mod events;
mod format;
mod iterations;
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
use format::{Format, LineFormat};

/// The formats; the first that fits a file is taken. What is printed among other lines comes last, and lines before
/// bars, which repeat them with fewer digits.
static FORMATS: [Format; 10] = [
    events::FORMAT,
    trainer_state::FORMAT,
    tensorboard::FORMAT,
    totals::FORMAT,
    wandb::FORMAT,
    wandb_runs::FORMAT,
    table::FORMAT,
    dictionaries::FORMAT,
    Format {
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

/// Printed lines, each of which is a record of its own.
static LINES: [LineFormat; 6] = [
    iterations::record,
    megatron::record,
    torchtune::record,
    mmengine::record,
    verl::record,
    deepspeed::record,
];

fn format_of(source: &Source) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.detects)(source))
}

/// Whether a file, of which only the beginning may be there, is a log.
pub(crate) fn detects(source: &Source) -> bool {
    format_of(source).is_some() || source.announces_training()
}

/// The runs in a file; none where no format fits.
pub(crate) fn read(source: &Source) -> Result<Vec<Run>, LogError> {
    match format_of(source) {
        Some(format) => (format.read)(source),
        None => Ok(Vec::new()),
    }
}
