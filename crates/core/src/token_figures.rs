//! What a model's pass over texts says of their tokens besides the perplexity: how often the right token was among the most
//! probable, how surprising texts are against what the model expected, and how improbable their rarest tokens are.

use crate::surprise::Scored;
use assay_results::perplexity::{TOP, TokenFigures};
use assay_sorting::sort_by;

/// The part of a text's tokens that Min-K% Prob looks at: K = 20.
const LOWEST: f64 = 0.2;

/// Of all texts whose ranks and entropies are known; nothing where there is none.
pub(crate) fn token_figures<'a>(texts: impl Iterator<Item = &'a Scored>) -> Option<TokenFigures> {
    let known: Vec<&Scored> = texts.filter(|text| !text.ranks.is_empty()).collect();
    let ranks = || known.iter().flat_map(|text| &text.ranks);
    let tokens = ranks().count();
    if tokens == 0 {
        return None;
    }
    let share = |top: u32| ranks().filter(|rank| **rank < top).count() as f64 / tokens as f64;
    let entropies = known.iter().flat_map(|text| &text.entropies);
    let lowest: Vec<f64> = known.iter().filter_map(|text| lowest_fifth(text)).collect();
    Some(TokenFigures {
        texts: known.len(),
        tokens,
        top: TOP.map(share),
        surprisal: known.iter().map(|text| text.row[0]).sum::<f64>() / tokens as f64,
        entropy: entropies.map(|h| f64::from(*h)).sum::<f64>() / tokens as f64,
        lowest_fifth: (lowest.len() == known.len())
            .then(|| lowest.iter().sum::<f64>() / lowest.len() as f64),
    })
}

/// The mean log-probability of the fifth of a text's tokens that are least probable, of one token at least.
fn lowest_fifth(text: &Scored) -> Option<f64> {
    let logprobs = text.tokens.iter().filter_map(|(_, logprob)| *logprob);
    let mut logprobs: Vec<f64> = logprobs.map(f64::from).collect();
    sort_by(&mut logprobs, f64::total_cmp);
    let count = ((logprobs.len() as f64 * LOWEST) as usize).max(1);
    let lowest = logprobs.get(..count)?;
    Some(lowest.iter().sum::<f64>() / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of tokens with these log-probabilities and ranks; the first token is not scored.
    fn text(of: &[(f32, u32)]) -> Scored {
        let scored = of
            .iter()
            .map(|(logprob, _)| ("t".to_owned(), Some(*logprob)));
        let nll: f64 = of.iter().map(|(logprob, _)| -f64::from(*logprob)).sum();
        Scored {
            row: [nll, of.len() as f64, 1.0, 4.0, 2.0, 1.0],
            tokens: [("<s>".to_owned(), None)]
                .into_iter()
                .chain(scored)
                .collect(),
            ranks: of.iter().map(|(_, rank)| *rank).collect(),
            entropies: vec![0.5; of.len()],
        }
    }

    #[test]
    fn ranks_entropies_and_the_rarest_tokens_are_counted_over_all_texts() {
        let long: Vec<(f32, u32)> = (0..10).map(|i| (-(i as f32), i)).collect();
        let texts = [text(&long), text(&[(-1.0, 0), (-4.0, 20)])];
        let found = token_figures(texts.iter()).unwrap();
        assert_eq!((found.texts, found.tokens), (2, 12));
        assert_eq!(found.top, [2.0 / 12.0, 6.0 / 12.0, 11.0 / 12.0]);
        assert_eq!((found.surprisal, found.entropy), (50.0 / 12.0, 0.5));
        // Two of ten tokens, -9 and -8; of two tokens one, -4.
        assert_eq!(found.lowest_fifth, Some((-8.5 - 4.0) / 2.0));
    }

    #[test]
    fn what_was_not_kept_is_not_counted_and_nothing_is_no_figure() {
        let old = Scored {
            ranks: Vec::new(),
            entropies: Vec::new(),
            ..text(&[(-1.0, 0)])
        };
        assert_eq!(token_figures([&old].into_iter()), None);
        let new = text(&[(-2.0, 3)]);
        assert_eq!(token_figures([&old, &new].into_iter()).unwrap().tokens, 1);
        // A convention that scores stretches knows the ranks, but not whose they are.
        let mut stretches = text(&[(-2.0, 3)]);
        stretches.tokens = vec![("t".to_owned(), None)];
        let found = token_figures([&stretches].into_iter()).unwrap();
        assert_eq!((found.top, found.lowest_fifth), ([0.0, 1.0, 1.0], None));
    }
}
