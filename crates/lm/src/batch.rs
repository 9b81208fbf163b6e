//! Many texts in one pass, none of which sees another: tokens lie one behind the other, and each
//! knows where its own sequence begins and which shared beginning stands before that.

/// No token is to be predicted here.
pub const NONE: u32 = u32::MAX;

/// Tokens for one forward pass.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// The tokens.
    pub tokens: Vec<u32>,
    /// Each token's position in its text.
    pub positions: Vec<u32>,
    /// Where in the batch each token's own sequence begins.
    pub starts: Vec<u32>,
    /// Where in the batch the beginning that it shares with others lies: from, to. Empty for none.
    pub shared: Vec<[u32; 2]>,
    /// The token that is to be predicted behind each, or [`NONE`].
    pub targets: Vec<u32>,
    /// How strongly an adapter acts on each token: 0 is the base model, 1 the adapter as it was trained.
    pub strengths: Vec<f32>,
    /// The strength of what is appended next.
    pub strength: f32,
}

/// What the model says of a token.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TokenScore {
    /// The natural logarithm of its probability.
    pub logprob: f32,
    /// How many tokens are more probable.
    pub rank: u32,
    /// The entropy of the whole distribution, in nats.
    pub entropy: f32,
}

impl Batch {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Appends a sequence of its own. `targets` are as many as `tokens`.
    pub fn push(&mut self, tokens: &[u32], targets: &[u32]) {
        let start = self.len() as u32;
        self.extend(tokens, targets, 0, start, [0, 0]);
    }

    /// Appends a beginning and the sequences that go on behind it; the beginning is there once.
    /// Its last token's target would be another one for each, so a beginning has no targets: give
    /// each sequence the beginning's last token as its first.
    pub fn push_shared(&mut self, beginning: &[u32], sequences: &[(&[u32], &[u32])]) {
        let from = self.len() as u32;
        self.extend(beginning, &vec![NONE; beginning.len()], 0, from, [0, 0]);
        let to = self.len() as u32;
        for (tokens, targets) in sequences {
            let start = self.len() as u32;
            self.extend(tokens, targets, to - from, start, [from, to]);
        }
    }

    /// Appends a sequence in which every token sees every other.
    pub fn push_whole(&mut self, tokens: &[u32], first_position: u32) {
        let from = self.len() as u32;
        let shared = [from, from + tokens.len() as u32];
        for (i, &token) in tokens.iter().enumerate() {
            self.tokens.push(token);
            self.positions.push(first_position + i as u32);
            // All is seen as a beginning, and nothing of a sequence of the token's own.
            self.starts.push(from + i as u32 + 1);
            self.shared.push(shared);
            self.targets.push(NONE);
            self.strengths.push(self.strength);
        }
    }

    fn extend(
        &mut self,
        tokens: &[u32],
        targets: &[u32],
        first: u32,
        start: u32,
        shared: [u32; 2],
    ) {
        debug_assert_eq!(tokens.len(), targets.len());
        for (i, (&token, &target)) in tokens.iter().zip(targets).enumerate() {
            self.tokens.push(token);
            self.positions.push(first + i as u32);
            self.starts.push(start);
            self.shared.push(shared);
            self.targets.push(target);
            self.strengths.push(self.strength);
        }
    }

    /// The places in the batch that hold a target.
    pub fn scored(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(|&i| self.targets[i] != NONE)
    }
}
