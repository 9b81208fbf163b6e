//! Writes small GGUF files: random models of every family and type, and whatever a test wants to be
//! wrong with them.

use assay_lm::gguf::TensorType;
use half::f16;

/// A generator of numbers that are the same every time (xorshift).
pub(crate) struct Random(pub u64);

impl Random {
    /// 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number in -1..1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }
}

/// A file in the making.
#[derive(Clone, Default)]
pub(crate) struct File {
    values: Vec<Vec<u8>>,
    tensors: Vec<(String, Vec<u64>, u32, Vec<u8>)>,
}

fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
}

impl File {
    fn value(&mut self, key: &str, kind: u32, bytes: &[u8]) -> &mut Self {
        let value = [&text(key)[..], &kind.to_le_bytes(), bytes].concat();
        self.values.push(value);
        self
    }

    /// A whole number.
    pub(crate) fn number(&mut self, key: &str, number: u32) -> &mut Self {
        self.value(key, 4, &number.to_le_bytes())
    }

    /// A fraction.
    pub(crate) fn float(&mut self, key: &str, number: f32) -> &mut Self {
        self.value(key, 6, &number.to_le_bytes())
    }

    /// A text.
    pub(crate) fn text(&mut self, key: &str, value: &str) -> &mut Self {
        self.value(key, 8, &text(value))
    }

    /// Texts.
    pub(crate) fn texts(&mut self, key: &str, values: &[String]) -> &mut Self {
        let mut bytes = [
            &8u32.to_le_bytes()[..],
            &(values.len() as u64).to_le_bytes(),
        ]
        .concat();
        values.iter().for_each(|v| bytes.extend(text(v)));
        self.value(key, 9, &bytes)
    }

    /// Truth values.
    pub(crate) fn flags(&mut self, key: &str, values: &[bool]) -> &mut Self {
        let mut bytes = [
            &7u32.to_le_bytes()[..],
            &(values.len() as u64).to_le_bytes(),
        ]
        .concat();
        bytes.extend(values.iter().map(|&v| u8::from(v)));
        self.value(key, 9, &bytes)
    }

    /// A tensor with these bytes.
    pub(crate) fn tensor(
        &mut self,
        name: &str,
        shape: &[usize],
        kind: TensorType,
        bytes: Vec<u8>,
    ) -> &mut Self {
        let shape = shape.iter().map(|&n| n as u64).collect();
        self.tensors
            .push((name.to_owned(), shape, kind.number(), bytes));
        self
    }

    /// The file's bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = b"GGUF".to_vec();
        out.extend(3u32.to_le_bytes());
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend((self.values.len() as u64).to_le_bytes());
        self.values.iter().for_each(|v| out.extend(v));
        let mut offset = 0u64;
        for (name, shape, kind, bytes) in &self.tensors {
            out.extend(text(name));
            out.extend((shape.len() as u32).to_le_bytes());
            shape.iter().for_each(|n| out.extend(n.to_le_bytes()));
            out.extend(kind.to_le_bytes());
            out.extend(offset.to_le_bytes());
            offset += bytes.len().next_multiple_of(32) as u64;
        }
        out.resize(out.len().next_multiple_of(32), 0);
        for (.., bytes) in &self.tensors {
            out.extend(bytes);
            out.resize(out.len().next_multiple_of(32), 0);
        }
        out
    }
}

/// Where a block has its half-precision scales.
fn scales(kind: TensorType) -> &'static [usize] {
    match kind {
        TensorType::Q4_1 | TensorType::Q5_1 | TensorType::Q4_K | TensorType::Q5_K => &[0, 2],
        TensorType::Q2_K => &[80, 82],
        TensorType::Q3_K => &[108],
        TensorType::Q6_K => &[208],
        TensorType::F32 | TensorType::F16 | TensorType::BF16 => &[],
        _ => &[0],
    }
}

/// Random numbers of about the size that weights have, packed.
pub(crate) fn packed(random: &mut Random, kind: TensorType, count: usize) -> Vec<u8> {
    let small = |random: &mut Random| random.unit() * 0.2;
    match kind {
        TensorType::F32 => (0..count)
            .flat_map(|_| small(random).to_le_bytes())
            .collect(),
        TensorType::F16 => {
            let half = |random: &mut Random| f16::from_f32(small(random)).to_le_bytes();
            (0..count).flat_map(|_| half(random)).collect()
        }
        TensorType::BF16 => {
            let half = |random: &mut Random| half::bf16::from_f32(small(random)).to_le_bytes();
            (0..count).flat_map(|_| half(random)).collect()
        }
        _ => {
            let blocks = count / kind.block_len();
            let mut bytes: Vec<u8> = (0..blocks * kind.block_bytes())
                .map(|_| random.bits() as u8)
                .collect();
            // A scale that brings the widest number to about 0.2.
            let widest = match kind {
                TensorType::Q8_0 | TensorType::IQ4_NL => 128.0,
                TensorType::Q6_K | TensorType::IQ4_XS => 4096.0,
                TensorType::Q3_K => 128.0,
                TensorType::Q2_K => 45.0,
                TensorType::Q4_K | TensorType::Q5_K => 2000.0,
                _ => 16.0,
            };
            for block in bytes.chunks_exact_mut(kind.block_bytes()) {
                for &at in scales(kind) {
                    let scale = f16::from_f32((0.5 + 0.5 * random.unit().abs()) * 0.3 / widest);
                    block[at..at + 2].copy_from_slice(&scale.to_le_bytes());
                }
            }
            bytes
        }
    }
}

/// Tokens that most random models know.
pub(crate) const VOCABULARY: usize = 300;
const LAYERS: usize = 4;

/// The size of a random model.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub vocabulary: usize,
    pub width: usize,
    pub hidden: usize,
    pub heads: usize,
    pub kv_heads: usize,
    pub head: usize,
}

/// The families that random models are written of; the others differ from them by what
/// `families.rs` holds to a reference.
pub(crate) const FAMILIES: [&str; 7] = [
    "llama", "qwen2", "qwen3", "gemma2", "gemma3", "phi3", "gpt2",
];

/// A random model of a family, all of whose matrices are of one type.
pub(crate) fn model(family: &str, kind: TensorType, seed: u64) -> File {
    let all = family == "gpt2" || family == "phi3";
    let size = Size {
        vocabulary: VOCABULARY,
        width: 256,
        hidden: 512,
        heads: 4,
        kv_heads: if all { 4 } else { 2 },
        head: 64,
    };
    model_of(size, family, kind, seed)
}

/// The same of another size.
pub(crate) fn model_of(size: Size, family: &str, kind: TensorType, seed: u64) -> File {
    let mut file = File::default();
    let mut random = Random(seed);
    header(&mut file, family, size);
    let mut add = |name: String, shape: &[usize]| {
        let count = shape.iter().product();
        // Vectors are never packed; norms lie around one.
        if shape.len() == 1 {
            let norm = name.contains("norm.weight");
            let one = if norm { 1.0 } else { 0.0 };
            let bytes = (0..count)
                .flat_map(|_| (one + 0.1 * random.unit()).to_le_bytes())
                .collect();
            file.tensor(&name, shape, TensorType::F32, bytes);
        } else {
            file.tensor(&name, shape, kind, packed(&mut random, kind, count));
        }
    };
    let (query, key) = (size.heads * size.head, size.kv_heads * size.head);
    add("token_embd.weight".into(), &[size.width, size.vocabulary]);
    add("output_norm.weight".into(), &[size.width]);
    if family == "gpt2" {
        add("position_embd.weight".into(), &[size.width, 128]);
        add("output_norm.bias".into(), &[size.width]);
    }
    if family == "phi3" || family == "llama" {
        add("output.weight".into(), &[size.width, size.vocabulary]);
    }
    if family == "llama" {
        add("rope_freqs.weight".into(), &[size.head / 2]);
    }
    for layer in 0..LAYERS {
        let mut add = |part: &str, shape: &[usize]| add(format!("blk.{layer}.{part}"), shape);
        add("attn_norm.weight", &[size.width]);
        add("ffn_norm.weight", &[size.width]);
        match family {
            "gpt2" | "phi3" => add("attn_qkv.weight", &[size.width, query + 2 * key]),
            _ => {
                add("attn_q.weight", &[size.width, query]);
                add("attn_k.weight", &[size.width, key]);
                add("attn_v.weight", &[size.width, key]);
            }
        }
        add("attn_output.weight", &[query, size.width]);
        match family {
            "gpt2" => add("ffn_up.weight", &[size.width, size.hidden]),
            "phi3" => add("ffn_up.weight", &[size.width, 2 * size.hidden]),
            _ => {
                add("ffn_gate.weight", &[size.width, size.hidden]);
                add("ffn_up.weight", &[size.width, size.hidden]);
            }
        }
        add("ffn_down.weight", &[size.hidden, size.width]);
        for (part, length) in besides(family, size) {
            add(part, &[length]);
        }
    }
    file
}

/// The vectors that a family's layers have besides.
fn besides(family: &str, size: Size) -> Vec<(&'static str, usize)> {
    let (query, key) = (size.heads * size.head, size.kv_heads * size.head);
    let norms = [
        ("attn_q_norm.weight", size.head),
        ("attn_k_norm.weight", size.head),
    ];
    let after = [
        ("post_attention_norm.weight", size.width),
        ("post_ffw_norm.weight", size.width),
    ];
    match family {
        "qwen2" => vec![
            ("attn_q.bias", query),
            ("attn_k.bias", key),
            ("attn_v.bias", key),
        ],
        "qwen3" => norms.to_vec(),
        "gemma2" => after.to_vec(),
        "gemma3" => [norms, after].concat(),
        "gpt2" => vec![
            ("attn_norm.bias", size.width),
            ("ffn_norm.bias", size.width),
            ("attn_qkv.bias", query + 2 * key),
            ("attn_output.bias", size.width),
            ("ffn_up.bias", size.hidden),
            ("ffn_down.bias", size.width),
        ],
        _ => Vec::new(),
    }
}

fn header(file: &mut File, family: &str, size: Size) {
    let tokens: Vec<String> = (0..size.vocabulary).map(|i| format!("t{i}")).collect();
    file.text("general.architecture", family)
        .text("tokenizer.ggml.model", "gpt2")
        .text("tokenizer.ggml.pre", "gpt-2")
        .texts("tokenizer.ggml.tokens", &tokens)
        .texts("tokenizer.ggml.merges", &[]);
    let key = |name: &str| format!("{family}.{name}");
    for (name, number) in [
        ("block_count", LAYERS),
        ("context_length", 128),
        ("embedding_length", size.width),
        ("feed_forward_length", size.hidden),
        ("attention.head_count", size.heads),
        ("attention.head_count_kv", size.kv_heads),
        ("attention.key_length", size.head),
        ("attention.value_length", size.head),
    ] {
        file.number(&key(name), number as u32);
    }
    if family.starts_with("gemma") || family == "llama" {
        file.number(&key("attention.sliding_window"), 6);
    }
    file.float(&key("rope.freq_base"), 5000.0);
}
