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
}

/// Which two components of a head are rotated together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RopeStyle {
    /// Components 2i and 2i + 1.
    Interleaved,
    /// Components i and i + half of the rotated ones, as in GPT-NeoX.
    Neox,
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
}

impl Rotary {
    /// The angle of each pair for one step.
    pub fn frequencies(&self, factors: Option<&[f32]>) -> Vec<f32> {
        (0..self.dimensions / 2)
            .map(|i| {
                let exponent = -2.0 * i as f32 / self.dimensions as f32;
                let factor = factors.and_then(|f| f.get(i)).copied().unwrap_or(1.0);
                self.scale * self.base.powf(exponent) / factor
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
    /// Rotary positions, if any.
    pub rotary: Option<Rotary>,
    /// Those of layers that look back a window only, where they differ.
    pub local_rotary: Option<Rotary>,
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
    /// What embeddings are multiplied by.
    pub embedding_scale: f32,
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

    /// The rotary positions of a layer.
    pub fn rotary_of(&self, layer: usize) -> Option<&Rotary> {
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
