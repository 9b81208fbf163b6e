//! How a text's tokens are laid into windows, each convention by the name of the tool whose it is.

use super::batch::NONE;
use assay_results::perplexity::Convention;

/// Tokens with what is to be predicted behind each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// The tokens.
    pub tokens: Vec<u32>,
    /// As many targets, [`NONE`] where nothing is scored.
    pub targets: Vec<u32>,
}

impl Window {
    /// A window over `tokens` that scores the last `scored` of those behind its first.
    pub(super) fn over(tokens: &[u32], scored: usize) -> Self {
        let inputs = tokens.len().saturating_sub(1);
        let unscored = inputs.saturating_sub(scored);
        let mut targets = vec![NONE; unscored];
        targets.extend(tokens.iter().skip(unscored + 1));
        Self {
            tokens: tokens[..inputs].to_vec(),
            targets,
        }
    }
}

/// The windows over `ids`. `prefix` is the token that stands before a text (beginning or end of
/// text), `begins` the one that a model wants at the beginning of each window, if it wants one;
/// `context` what the model sees at once.
pub fn windows(
    convention: Convention,
    ids: &[u32],
    prefix: u32,
    begins: Option<u32>,
    context: usize,
) -> Vec<Window> {
    match convention {
        Convention::Text if ids.len() <= context => sliding(ids, context.max(2), context.max(2)),
        Convention::Text => sliding(ids, context.max(2), (context / 2).max(1)),
        Convention::LlamaPerplexity { context } => llama_perplexity(ids, begins, context.max(4)),
        Convention::Rolling { max_length } => rolling(ids, prefix, max_length.max(1)),
        Convention::Sliding { max_length, stride } => {
            let max_length = max_length.max(2);
            sliding(ids, max_length, stride.clamp(1, max_length))
        }
    }
}

fn llama_perplexity(ids: &[u32], begins: Option<u32>, context: usize) -> Vec<Window> {
    let windows = ids.chunks_exact(context).map(|chunk| {
        let mut tokens = chunk.to_vec();
        if let Some(begins) = begins {
            tokens[0] = begins;
        }
        Window::over(&tokens, context - context / 2 - 1)
    });
    windows.collect()
}

fn rolling(ids: &[u32], prefix: u32, max_length: usize) -> Vec<Window> {
    let mut text = vec![prefix];
    text.extend_from_slice(ids);
    let mut windows = Vec::new();
    let mut done = 0;
    while done < ids.len() {
        let end = ids.len().min(done + max_length);
        let from = end.saturating_sub(max_length);
        windows.push(Window::over(&text[from..=end], end - done));
        done = end;
    }
    windows
}

fn sliding(ids: &[u32], max_length: usize, stride: usize) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut done = 0;
    for from in (0..ids.len()).step_by(stride) {
        let end = ids.len().min(from + max_length);
        windows.push(Window::over(&ids[from..end], end - done));
        done = end;
        if end == ids.len() {
            break;
        }
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scored(windows: &[Window]) -> Vec<u32> {
        let targets = windows.iter().flat_map(|w| &w.targets);
        targets.copied().filter(|&t| t != NONE).collect()
    }

    proptest! {
        #[test]
        fn every_token_is_scored_once_and_in_order(
            length in 0usize..60, max_length in 2usize..20, stride in 1usize..20)
        {
            let ids: Vec<u32> = (0..length as u32).collect();
            let rolling = windows(Convention::Rolling { max_length }, &ids, 99, None, 8);
            prop_assert_eq!(scored(&rolling), ids.clone());
            let behind_first: Vec<u32> = ids.iter().skip(1).copied().collect();
            let sliding = Convention::Sliding { max_length, stride: stride.min(max_length - 1) };
            let sliding = windows(sliding, &ids, 99, None, 8);
            prop_assert_eq!(scored(&sliding), behind_first.clone());
            prop_assert_eq!(scored(&windows(Convention::Text, &ids, 99, None, max_length)), behind_first);
            prop_assert!(rolling.iter().chain(&sliding).all(|w| w.tokens.len() <= max_length));
        }
    }

    #[test]
    fn llama_perplexity_scores_the_second_half() {
        let ids: Vec<u32> = (0..19).collect();
        let windows = windows(
            Convention::LlamaPerplexity { context: 8 },
            &ids,
            99,
            Some(77),
            8,
        );
        assert_eq!(scored(&windows), [5, 6, 7, 13, 14, 15]);
        assert_eq!(windows[1].tokens[0], 77);
    }
}
