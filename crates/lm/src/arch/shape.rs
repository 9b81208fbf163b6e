//! What a model is made of: the description that the forward passes work from.

/// The normalisation of a layer's input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Norm {
    /// Root mean square (Zhang and Sennrich 2019).
    Rms,
    /// Mean and variance (Ba et al. 2016).
    Layer,
}

/// Where the normalisation of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NormPlace {
    /// Before the block, whose input is added to its result.
    PreNorm,
    /// After the sum of the block's result and its input, as in BERT.
    PostNorm,
    /// After the block, whose input is added to the normalised result, as in OLMo 2.
    OutputNorm,
    /// Before both blocks of a layer, which read the layer's input and whose results are added to it
    /// together, as in GPT-NeoX. Both read the same norm if the layer has one only.
    Parallel,
}

/// What the normalisation of queries and keys, if a layer has it, works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryKeyNorm {
    /// Each head, before positions.
    Head,
    /// Each head, after its rotation by positions.
    RotatedHead,
    /// All heads of a token together, before positions.
    Heads,
}

/// Which layers have rotary positions; the others have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotaryLayers {
    /// All.
    All,
    /// All but every n-th.
    AllButEvery(usize),
    /// Those that look back a window only.
    Windowed,
}

/// Which two components of a head are rotated together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RopeStyle {
    /// Components 2i and 2i + 1.
    Interleaved,
    /// Components i and i + half of the rotated ones, as in GPT-NeoX.
    Neox,
}

/// YaRN (Peng et al. 2023): fast pairs keep their angles, slow ones have them scaled, those between
/// a mixture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Yarn {
    /// Tokens that the model was first trained to see at once.
    pub context: usize,
    /// Turns within that context from which on a pair keeps its angle.
    pub beta_fast: f32,
    /// Turns within that context up to which a pair's angle is scaled wholly.
    pub beta_slow: f32,
    /// How much of their angles fast pairs keep, 0 to 1.
    pub extrapolation: f32,
}

impl Yarn {
    /// How much of its unscaled angle each of `dimensions / 2` pairs keeps.
    fn kept(&self, dimensions: usize, base: f32) -> impl Fn(usize) -> f32 {
        let pair = |turns: f32| {
            let turns = self.context as f32 / (turns * 2.0 * std::f32::consts::PI);
            dimensions as f32 * turns.ln() / (2.0 * base.ln())
        };
        let low = pair(self.beta_fast).floor().max(0.0);
        let high = pair(self.beta_slow).ceil().min(dimensions as f32 - 1.0);
        let extrapolation = self.extrapolation;
        move |i| {
            let ramp = (i as f32 - low) / (high - low).max(0.001);
            (1.0 - ramp.clamp(0.0, 1.0)) * extrapolation
        }
    }
}

/// Rotary positions (Su et al. 2021).
#[derive(Debug, Clone, PartialEq)]
pub struct Rotary {
    /// Which components are rotated together.
    pub style: RopeStyle,
    /// Components of a head that are rotated; the rest pass unchanged.
    pub dimensions: usize,
    /// The base of the angles.
    pub base: f32,
    /// What positions are multiplied by.
    pub scale: f32,
    /// What sine and cosine are multiplied by.
    pub magnitude: f32,
    /// The tensor whose numbers divide the frequencies.
    pub factors: Option<String>,
    /// Which pairs the scaling of positions spares.
    pub yarn: Option<Yarn>,
}

impl Rotary {
    /// The angle of each pair for one step.
    pub fn frequencies(&self, factors: Option<&[f32]>) -> Vec<f32> {
        let kept = self
            .yarn
            .as_ref()
            .map(|yarn| yarn.kept(self.dimensions, self.base));
        (0..self.dimensions / 2)
            .map(|i| {
                let exponent = -2.0 * i as f32 / self.dimensions as f32;
                let factor = factors.and_then(|f| f.get(i)).copied().unwrap_or(1.0);
                let kept = kept.as_ref().map_or(0.0, |kept| kept(i));
                let scale = self.scale * (1.0 - kept) + kept;
                scale * self.base.powf(exponent) / factor
            })
            .collect()
    }
}

/// The feed-forward block's activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// x times its logistic (SiLU).
    Silu,
    /// The Gaussian error linear unit by its tanh formula.
    Gelu,
    /// The same by the error function.
    GeluErf,
    /// The positive part.
    Relu,
    /// The square of the positive part.
    ReluSquared,
}

/// What a model is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The family's name in the file.
    pub family: &'static str,
    /// Layers.
    pub layers: usize,
    /// Numbers that stand for a token.
    pub width: usize,
    /// Numbers inside the feed-forward block.
    pub hidden: usize,
    /// Heads of queries.
    pub heads: usize,
    /// Heads of keys and values; each serves `heads / kv_heads` queries.
    pub kv_heads: usize,
    /// Components of one head.
    pub head_dim: usize,
    /// Tokens in the vocabulary.
    pub vocabulary: usize,
    /// Tokens the model was trained to see at once.
    pub context: usize,
    /// The normalisation.
    pub norm: Norm,
    /// Where it stands.
    pub norm_place: NormPlace,
    /// What keeps it from dividing by nothing.
    pub epsilon: f32,
    /// The name, within a layer, of the norm of the feed-forward block's input.
    pub feed_norm: &'static str,
    /// What the norms of queries and keys work on.
    pub query_key_norm: QueryKeyNorm,
    /// Rotary positions, if any.
    pub rotary: Option<Rotary>,
    /// Those of layers that look back a window only, where they differ.
    pub local_rotary: Option<Rotary>,
    /// The layers that have rotary positions.
    pub rotary_layers: RotaryLayers,
    /// Tokens that a layer with a window looks back, its own among them.
    pub window: Option<usize>,
    /// Of how many layers the last looks at everything; 0 when every layer has the window.
    pub window_pattern: usize,
    /// What attention scores are multiplied by.
    pub attention_scale: f32,
    /// The bound of attention scores: cap · tanh(score / cap).
    pub attention_cap: Option<f32>,
    /// The same for logits.
    pub logit_cap: Option<f32>,
    /// What logits are multiplied by, before their bound.
    pub logit_scale: f32,
    /// What embeddings are multiplied by.
    pub embedding_scale: f32,
    /// What a block's result is multiplied by before it is added to its input.
    pub residual_scale: f32,
    /// The activation.
    pub activation: Activation,
    /// Whether the activation gates a second projection.
    pub gated: bool,
}

impl Shape {
    /// The window of a layer, if it has one.
    pub fn window_of(&self, layer: usize) -> Option<usize> {
        let everything =
            self.window_pattern > 0 && layer % self.window_pattern == self.window_pattern - 1;
        self.window.filter(|_| !everything)
    }

    /// The rotary positions of a layer, if it has any.
    pub fn rotary_of(&self, layer: usize) -> Option<&Rotary> {
        let rotates = match self.rotary_layers {
            RotaryLayers::All => true,
            RotaryLayers::AllButEvery(step) => !(layer + 1).is_multiple_of(step),
            RotaryLayers::Windowed => self.window_of(layer).is_some(),
        };
        if !rotates {
            return None;
        }
        let local = self.local_rotary.as_ref();
        let local = local.filter(|_| self.window_of(layer).is_some());
        local.or(self.rotary.as_ref())
    }

    /// Bytes that a token of a batch takes beside the weights.
    pub fn working_bytes(&self) -> usize {
        let attention = 3 * self.query_width() + 3 * self.key_width();
        4 * (3 * self.width + attention + 2 * self.hidden)
    }

    /// Numbers of all queries.
    pub fn query_width(&self) -> usize {
        self.heads * self.head_dim
    }

    /// Numbers of all keys, and of all values.
    pub fn key_width(&self) -> usize {
        self.kv_heads * self.head_dim
    }
}
