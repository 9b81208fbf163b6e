//! `Step 1 | loss:2.10 lr:1e-05 tokens_per_second_per_gpu:310`, as torchtune writes its log, `1|15|Loss: 1.59: …`, as
//! its bar has it, and what is printed in the same way with a `|` between (`epoch 1 | step 10 | loss 2.1 | lr 1e-5`).

use super::format::Record;
use super::lines::{count, count_after, labelled, number, record as record_at};
use crate::names::{is_certain_loss, key};

/// The record in a line that counts steps and names a loss.
pub(crate) fn record(line: &str) -> Option<Record> {
    if let Some(record) = bar(line) {
        return Some(record);
    }
    let (step, rest) = count_after(line, &["step", "iter"])?;
    let rest = rest.trim_start().strip_prefix('|')?;
    let mut pairs: Vec<(&str, f64)> = Vec::new();
    for part in rest.split('|') {
        let words = part.split_whitespace();
        let packed: Option<Vec<(&str, f64)>> = words
            .map(|word| word.contains(':').then(|| labelled(word))?)
            .collect();
        match packed {
            Some(packed) => pairs.extend(packed),
            None => pairs.extend(labelled(part)),
        }
    }
    let has_loss = pairs.iter().any(|(name, _)| is_certain_loss(&key(name)));
    has_loss.then(|| record_at(step, pairs.into_iter()))?
}

/// `epoch|step|Loss: 1.59`; the bar counts the steps of all epochs.
fn bar(line: &str) -> Option<Record> {
    let (before, after) = line.split_once("|Loss: ")?;
    let step = before.rsplit('|').next()?;
    let (step, rest) = count(step)?;
    let epoch = before.rsplit_once('|')?.0;
    let is_bar = rest.is_empty() && epoch.ends_with(|c: char| c.is_ascii_digit());
    let (loss, _) = number(after).filter(|_| is_bar)?;
    record_at(step, std::iter::once(("loss", loss)))
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::training_losses;

    fn losses(text: &str) -> Vec<(Option<f64>, f64)> {
        training_losses("log_1767225600.txt", text)
    }

    #[test]
    fn the_log_and_the_bar_of_torchtune_are_read() {
        let wanted = [(Some(1.0), 2.125), (Some(2.0), 1.5)];
        let log = "Step 1 | loss:2.125 lr:1.5e-06 tokens_per_second_per_gpu:310.5 \nStep 2 | loss:1.5 lr:3e-06 tokens_per_second_per_gpu:311.0 \n";
        assert_eq!(losses(log), wanted);
        let bar = "  0%|          | 0/2 [00:00<?, ?it/s]\r1|1|Loss: 2.125: 50%|#####     | 1/2 [00:03<00:03,  3.2s/it]\r1|2|Loss: 1.5: 100%|##########| 2/2 [00:06<00:00]\n";
        assert_eq!(losses(bar), wanted);
        let piped =
            "epoch 1 | step 1 | loss: 2.125 | lr: 1e-5\nepoch 1 | step 2 | loss: 1.5 | lr: 1e-5\n";
        assert_eq!(losses(piped), wanted);
    }
}
