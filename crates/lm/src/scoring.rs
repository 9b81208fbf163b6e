//! From texts to scores: tokens, windows, batches through a backend, and what comes out of them
//! under each convention's name.

use super::batch::{Batch, NONE, TokenScore};
use super::chat::{ChatError, ChatTemplate};
use super::gpu::GpuError;
use super::model::{Model, ModelError};
use super::tokenizer::{Tokenizer, TokenizerError};
use super::windows::{Window, windows};
use assay_results::perplexity::Convention;
use assay_text::whitespace;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;

/// Why texts can't be scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ScoringError {
    /// A text can't be cut into tokens.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// The chat template fails.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The model can't be read.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// An id that the vocabulary hasn't.
    #[error("the id {id} is not in the vocabulary, which has {size} tokens")]
    Id {
        /// The id.
        id: u32,
        /// Tokens in the vocabulary.
        size: usize,
    },
    /// The GPU failed.
    #[error("the computation stopped: {0}")]
    Gpu(#[from] GpuError),
}

/// A forward pass to come.
pub type Pass<'a> = Pin<Box<dyn Future<Output = Result<Vec<TokenScore>, ScoringError>> + 'a>>;

/// Where the forward pass runs.
pub trait Backend {
    /// The scores of a batch's targets, in the order of [`Batch::scored`].
    fn forward<'a>(&'a mut self, batch: &'a Batch) -> Pass<'a>;

    /// The tokens of a batch that suits the backend.
    fn batch_tokens(&self) -> usize;
}

impl<B: Backend + ?Sized> Backend for Box<B> {
    fn forward<'a>(&'a mut self, batch: &'a Batch) -> Pass<'a> {
        (**self).forward(batch)
    }

    fn batch_tokens(&self) -> usize {
        (**self).batch_tokens()
    }
}

/// A text that is to be scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A text.
    Text(String),
    /// Tokens.
    Ids(Vec<u32>),
    /// A response to a prompt, as the model's chat template writes the two; the response alone is
    /// scored.
    Chat {
        /// The prompt.
        prompt: String,
        /// The response.
        response: String,
    },
    /// A text that continues another; the continuation alone is scored. Both are cut into tokens together, as
    /// EleutherAI's harness does (lm-eval 0.4, `_encode_pair`).
    Continuation {
        /// The text before it. White space at its end counts as the continuation's.
        context: String,
        /// The continuation.
        text: String,
    },
}

/// What came out for one text.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct TextScore {
    /// Its tokens; of a response only the response's.
    pub ids: Vec<u32>,
    /// The scored tokens' log-probabilities, in order.
    pub logprobs: Vec<f32>,
    /// How many tokens were more probable.
    pub ranks: Vec<u32>,
    /// The entropy before each, in nats.
    pub entropies: Vec<f32>,
    /// The text's bytes, 0 where only ids were given.
    pub bytes: usize,
    /// Its words: runs between white space.
    pub words: usize,
}

impl TextScore {
    /// The negative log-likelihood of the scored tokens, in nats.
    pub fn nll(&self) -> f64 {
        -self.logprobs.iter().map(|&l| f64::from(l)).sum::<f64>()
    }

    /// Perplexity by tokens; 1 for a text without scored tokens.
    pub fn perplexity(&self) -> f64 {
        (self.nll() / self.logprobs.len().max(1) as f64).exp()
    }

    /// The row of sums that slices, intervals and tests are computed from, as
    /// `assay_metrics::Perplexity` has it.
    pub fn statistics(&self) -> [f64; 6] {
        let scored = !self.logprobs.is_empty();
        [
            self.nll(),
            self.logprobs.len() as f64,
            self.words as f64,
            self.bytes as f64,
            if scored { self.perplexity() } else { 0.0 },
            f64::from(u8::from(scored)),
        ]
    }
}

/// A text laid into windows.
struct Laid {
    score: TextScore,
    windows: Vec<Window>,
}

fn lay(
    model: &Model,
    chat: Result<&ChatTemplate, &ChatError>,
    item: &Item,
    convention: Convention,
) -> Result<Laid, ScoringError> {
    let tokenizer = &model.tokenizer;
    let mut score = TextScore::default();
    let mut count = |text: &str| {
        score.bytes = text.len();
        score.words = words(text);
    };
    let windows = match item {
        Item::Chat { prompt, response } => {
            count(response);
            let chat = chat.map_err(ChatError::clone)?;
            let before = tokenizer.encode(&chat.prompt(prompt)?, true, false)?;
            let answer = tokenizer.encode(response, false, false)?;
            score.ids.clone_from(&answer);
            vec![behind(&before, &answer, model.shape.context)]
        }
        Item::Continuation { context, text } => {
            count(text);
            let [before, answer] = continued(tokenizer, context, text)?;
            score.ids.clone_from(&answer);
            vec![behind(&before, &answer, model.shape.context)]
        }
        Item::Text(_) | Item::Ids(_) => {
            let ids = match item {
                Item::Text(text) => {
                    count(text);
                    let frame = !matches!(convention, Convention::Rolling { .. });
                    tokenizer.encode(text, false, frame)?
                }
                Item::Ids(ids) => ids.clone(),
                Item::Chat { .. } | Item::Continuation { .. } => Vec::new(),
            };
            let prefix = prefix(tokenizer);
            let windows = windows(
                convention,
                &ids,
                prefix,
                tokenizer.wanted_begin(),
                model.shape.context,
            );
            score.ids = ids;
            windows
        }
    };
    check(&score.ids, model.shape.vocabulary)?;
    Ok(Laid { score, windows })
}

/// The token that stands before a text: where a model has no beginning of text, the harness puts the end of one there.
fn prefix(tokenizer: &Tokenizer) -> u32 {
    let end = tokenizer
        .end()
        .filter(|_| tokenizer.wanted_begin().is_none());
    end.or(tokenizer.begin()).or(tokenizer.end()).unwrap_or(0)
}

/// The tokens of a context, after the beginning of text where the model wants one, and those of what continues it: as the
/// harness has it, the tokens of both together behind as many as the context alone has, at least the last one.
fn continued(
    tokenizer: &Tokenizer,
    context: &str,
    text: &str,
) -> Result<[Vec<u32>; 2], TokenizerError> {
    let trimmed = whitespace::trim_end(context);
    let together = format!("{context}{text}");
    let alone = tokenizer.encode(trimmed, false, false)?;
    let mut together = tokenizer.encode(&together, false, false)?;
    let answer = together.split_off(alone.len().min(together.len().saturating_sub(1)));
    let begin = tokenizer.wanted_begin();
    let mut before: Vec<u32> = begin.into_iter().chain(alone).collect();
    if before.is_empty() {
        before.push(prefix(tokenizer));
    }
    Ok([before, answer])
}

/// Runs between white space, as Python's `split()` finds them; at least one, to divide by.
fn words(text: &str) -> usize {
    whitespace::split(text).count().max(1)
}

/// One window: an answer behind what comes before it, of which the beginning goes when both are too
/// long.
fn behind(before: &[u32], answer: &[u32], context: usize) -> Window {
    let mut window = Window::over(&[before, answer].concat(), answer.len());
    let cut = window.tokens.len().saturating_sub(context);
    window.tokens.drain(..cut);
    window.targets.drain(..cut);
    window
}

fn check(ids: &[u32], size: usize) -> Result<(), ScoringError> {
    match ids.iter().find(|&&id| id as usize >= size) {
        None => Ok(()),
        Some(&id) => Err(ScoringError::Id { id, size }),
    }
}

/// Fewer tokens than these are computed again rather than shared.
const WORTH_SHARING: usize = 8;

/// The tokens of a window before the first that is scored.
fn beginning(window: &Window) -> &[u32] {
    let unscored = window.targets.iter().take_while(|&&t| t == NONE).count();
    &window.tokens[..unscored]
}

fn shares(a: &Window, b: &Window) -> bool {
    let (a, b) = (beginning(a), beginning(b));
    a.len() >= WORTH_SHARING && a == b
}

/// A window, with whose it is and the strength of an adapter.
type Owned<'a> = (usize, f32, &'a Window);

/// Appends windows that begin alike, or one alone.
fn push(batch: &mut Batch, alike: &[Owned]) {
    batch.strength = alike.first().map_or(0.0, |(_, strength, _)| *strength);
    if let [(.., window)] = alike {
        return batch.push(&window.tokens, &window.targets);
    }
    let shared = alike.first().map_or(&[][..], |(.., w)| beginning(w));
    let rest = |w: &Window| {
        let (tokens, targets) = (&w.tokens[shared.len()..], &w.targets[shared.len()..]);
        (tokens.to_vec(), targets.to_vec())
    };
    let rests: Vec<_> = alike.iter().map(|(.., w)| rest(w)).collect();
    let views: Vec<(&[u32], &[u32])> = rests.iter().map(|(a, b)| (&a[..], &b[..])).collect();
    batch.push_shared(shared, &views);
}

/// A backend with the model that it runs.
pub struct Scorer<B> {
    /// The model.
    pub model: Model,
    /// Where it runs.
    pub backend: B,
    /// The model's chat template, or why it can't be used, which only texts of conversations need to know.
    chat: Result<ChatTemplate, ChatError>,
}

impl<B: Backend> Scorer<B> {
    /// A scorer.
    pub fn new(model: Model, backend: B) -> Self {
        let chat = ChatTemplate::new(&model.gguf, &model.tokenizer);
        Self {
            model,
            backend,
            chat,
        }
    }

    /// Scores items under the model alone, in batches of the size that suits the backend. `each` is called with every
    /// item's index and score as soon as it is scored; the remaining items are not scored once it returns `false`.
    ///
    /// # Errors
    /// When an item can't be laid out or the backend breaks down; scores that `each` was called with stay valid.
    pub async fn score(
        &mut self,
        items: &[Item],
        convention: Convention,
        mut each: impl FnMut(usize, TextScore) -> bool,
    ) -> Result<(), ScoringError> {
        let first = |index, scores: Vec<TextScore>| {
            let score = scores.into_iter().next();
            each(index, score.unwrap_or_default())
        };
        self.score_at(items, convention, &[0.0], first).await
    }

    /// The same at each of several strengths of the adapter that is attached to the backend; 0 is the model alone. All
    /// strengths of an item go through the weights together. `each` is called with a score for each strength.
    ///
    /// # Errors
    /// As of [`Self::score`].
    pub async fn score_at(
        &mut self,
        items: &[Item],
        convention: Convention,
        strengths: &[f32],
        mut each: impl FnMut(usize, Vec<TextScore>) -> bool,
    ) -> Result<(), ScoringError> {
        let mut pending: Vec<(usize, Laid)> = Vec::new();
        let mut tokens = 0;
        for (index, item) in items.iter().enumerate() {
            let laid = lay(&self.model, self.chat.as_ref(), item, convention)?;
            let once: usize = laid.windows.iter().map(|w| w.tokens.len()).sum();
            tokens += once * strengths.len();
            pending.push((index, laid));
            if tokens >= self.backend.batch_tokens() || index + 1 == items.len() {
                for (index, scores) in self.run(std::mem::take(&mut pending), strengths).await? {
                    if !each(index, scores) {
                        return Ok(());
                    }
                }
                tokens = 0;
            }
        }
        Ok(())
    }

    /// Runs the windows of some items, full batches at a time. Windows next to each other that
    /// begin alike, as the responses to one prompt do, have their beginning computed once.
    async fn run(
        &mut self,
        items: Vec<(usize, Laid)>,
        strengths: &[f32],
    ) -> Result<Vec<(usize, Vec<TextScore>)>, ScoringError> {
        let limit = self.backend.batch_tokens();
        let mut scores: Vec<Vec<TokenScore>> = vec![Vec::new(); items.len() * strengths.len()];
        let mut batch = Batch::default();
        // Whose the targets in the batch are, in order.
        let mut owners: Vec<usize> = Vec::new();
        let mut windows: Vec<Owned> = Vec::new();
        for (place, &strength) in strengths.iter().enumerate() {
            for (item, (_, laid)) in items.iter().enumerate() {
                let owner = item * strengths.len() + place;
                windows.extend(laid.windows.iter().map(|w| (owner, strength, w)));
            }
        }
        let groups = windows.chunk_by(|(_, s, a), (_, t, b)| s == t && shares(a, b));
        // So many that they fit, should they share nothing.
        for alike in groups.flat_map(|g| g.chunks((limit / g[0].2.tokens.len().max(1)).max(1))) {
            let length: usize = alike.iter().map(|(.., w)| w.tokens.len()).sum();
            if !batch.is_empty() && batch.len() + length > limit {
                self.flush(&mut batch, &mut owners, &mut scores).await?;
            }
            push(&mut batch, alike);
            for (owner, _, window) in alike {
                let scored = window.targets.iter().filter(|&&t| t != NONE).count();
                owners.extend(std::iter::repeat_n(*owner, scored));
            }
        }
        self.flush(&mut batch, &mut owners, &mut scores).await?;
        let of_strengths = scores.chunks(strengths.len().max(1));
        let finished = items
            .iter()
            .zip(of_strengths)
            .map(|((index, laid), scores)| {
                let scored = |scores: &Vec<TokenScore>| TextScore {
                    logprobs: scores.iter().map(|s| s.logprob).collect(),
                    ranks: scores.iter().map(|s| s.rank).collect(),
                    entropies: scores.iter().map(|s| s.entropy).collect(),
                    ..laid.score.clone()
                };
                (*index, scores.iter().map(scored).collect())
            });
        Ok(finished.collect())
    }

    async fn flush(
        &mut self,
        batch: &mut Batch,
        owners: &mut Vec<usize>,
        scores: &mut [Vec<TokenScore>],
    ) -> Result<(), ScoringError> {
        if !owners.is_empty() {
            let found = self.backend.forward(batch).await?;
            for (owner, score) in owners.drain(..).zip(found) {
                scores[owner].push(score);
            }
        }
        *batch = Batch::default();
        Ok(())
    }
}
