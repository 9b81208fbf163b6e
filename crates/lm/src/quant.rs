//! Unpacking, as ggml does it (`ggml-quants.c`): every type as groups of 32 numbers, which is also
//! how the kernels on the GPU read them. F32, F16 and BF16 are read in such groups too.

use crate::gguf::TensorType;
use half::{bf16, f16};

/// Numbers that are unpacked together.
pub const GROUP: usize = 32;

/// The sixteen steps of IQ4_NL and IQ4_XS.
const STEPS: [f32; 16] = [
    -127.0, -104.0, -83.0, -65.0, -49.0, -35.0, -22.0, -10.0, 1.0, 13.0, 25.0, 38.0, 53.0, 69.0,
    89.0, 113.0,
];

fn half_at(bytes: &[u8], at: usize) -> f32 {
    f16::from_le_bytes([bytes[at], bytes[at + 1]]).to_f32()
}

/// Unpacks a row of `out.len()` numbers, a whole number of the type's blocks.
///
/// # Panics
/// When `bytes` are fewer than the row has.
pub fn unpack_row(kind: TensorType, bytes: &[u8], out: &mut [f32]) {
    match kind {
        TensorType::F32 => {
            for (o, b) in out.iter_mut().zip(bytes.chunks_exact(4)) {
                *o = f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
            }
        }
        TensorType::F16 => {
            for (o, b) in out.iter_mut().zip(bytes.chunks_exact(2)) {
                *o = f16::from_le_bytes([b[0], b[1]]).to_f32();
            }
        }
        TensorType::BF16 => {
            for (o, b) in out.iter_mut().zip(bytes.chunks_exact(2)) {
                *o = bf16::from_le_bytes([b[0], b[1]]).to_f32();
            }
        }
        _ => {
            let (length, size) = (kind.block_len(), kind.block_bytes());
            for (block, out) in bytes.chunks_exact(size).zip(out.chunks_exact_mut(length)) {
                for (s, out) in out.chunks_exact_mut(GROUP).enumerate() {
                    unpack_group(kind, block, s, out);
                }
            }
        }
    }
}

/// Unpacks the `s`-th 32 numbers of a block.
fn unpack_group(kind: TensorType, b: &[u8], s: usize, out: &mut [f32]) {
    match kind {
        TensorType::Q4_0 => nibbles(&b[2..], out, |q| half_at(b, 0) * (f32::from(q) - 8.0)),
        TensorType::Q4_1 => {
            nibbles(&b[4..], out, |q| {
                half_at(b, 0) * f32::from(q) + half_at(b, 2)
            });
        }
        TensorType::Q5_0 => {
            let d = half_at(b, 0);
            five_bits(&b[2..], out, |q| d * (f32::from(q) - 16.0));
        }
        TensorType::Q5_1 => {
            let (d, m) = (half_at(b, 0), half_at(b, 2));
            five_bits(&b[4..], out, |q| d * f32::from(q) + m);
        }
        TensorType::Q8_0 => {
            for (o, q) in out.iter_mut().zip(&b[2..]) {
                *o = half_at(b, 0) * f32::from(*q as i8);
            }
        }
        TensorType::IQ4_NL => nibbles(&b[2..], out, |q| half_at(b, 0) * STEPS[usize::from(q)]),
        TensorType::IQ4_XS => iq4_xs(b, s, out),
        TensorType::Q2_K => q2_k(b, s, out),
        TensorType::Q3_K => q3_k(b, s, out),
        TensorType::Q4_K => q4_k(b, s, out),
        TensorType::Q5_K => q5_k(b, s, out),
        TensorType::Q6_K => q6_k(b, s, out),
        TensorType::F32 | TensorType::F16 | TensorType::BF16 => {}
    }
}

/// Sixteen bytes: the low halves, then the high halves.
fn nibbles(q: &[u8], out: &mut [f32], number: impl Fn(u8) -> f32) {
    for j in 0..16 {
        out[j] = number(q[j] & 15);
        out[j + 16] = number(q[j] >> 4);
    }
}

/// The fifth bits in four bytes, then sixteen bytes of halves.
fn five_bits(b: &[u8], out: &mut [f32], number: impl Fn(u8) -> f32) {
    let high = u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
    let fifth = |j: usize| ((high >> j & 1) << 4) as u8;
    for j in 0..16 {
        out[j] = number(b[4 + j] & 15 | fifth(j));
        out[j + 16] = number(b[4 + j] >> 4 | fifth(j + 16));
    }
}

fn iq4_xs(b: &[u8], s: usize, out: &mut [f32]) {
    let low = b[4 + s / 2] >> (4 * (s % 2)) & 15;
    let high = u16::from_le_bytes([b[2], b[3]]) >> (2 * s) & 3;
    let scale = half_at(b, 0) * (f32::from(low) + 16.0 * f32::from(high) - 32.0);
    nibbles(&b[8 + 16 * s..], out, |q| scale * STEPS[usize::from(q)]);
}

fn q2_k(b: &[u8], s: usize, out: &mut [f32]) {
    let (d, least) = (half_at(b, 80), half_at(b, 82));
    for (l, o) in out.iter_mut().enumerate() {
        let scale = b[2 * s + l / 16];
        let q = b[16 + s / 4 * 32 + l] >> (2 * (s % 4)) & 3;
        *o = d * f32::from(scale & 15) * f32::from(q) - least * f32::from(scale >> 4);
    }
}

fn q3_k(b: &[u8], s: usize, out: &mut [f32]) {
    let d = half_at(b, 108);
    let scales = &b[96..108];
    for (l, o) in out.iter_mut().enumerate() {
        let i = 2 * s + l / 16;
        let low = if i < 8 {
            scales[i] & 15
        } else {
            scales[i - 8] >> 4
        };
        let high = scales[8 + i % 4] >> (2 * (i / 4)) & 3;
        let scale = f32::from(low | high << 4) - 32.0;
        let q = b[32 + s / 4 * 32 + l] >> (2 * (s % 4)) & 3;
        let third = if b[l] >> s & 1 == 1 { 0.0 } else { 4.0 };
        *o = d * scale * (f32::from(q) - third);
    }
}

/// The 6-bit scale and minimum of a group of Q4_K and Q5_K.
fn scale_and_least(q: &[u8], s: usize) -> (f32, f32) {
    let (scale, least) = if s < 4 {
        (q[s] & 63, q[s + 4] & 63)
    } else {
        (
            q[s + 4] & 15 | q[s - 4] >> 6 << 4,
            q[s + 4] >> 4 | q[s] >> 6 << 4,
        )
    };
    (f32::from(scale), f32::from(least))
}

fn q4_k(b: &[u8], s: usize, out: &mut [f32]) {
    let (scale, least) = scale_and_least(&b[4..16], s);
    let (scale, least) = (half_at(b, 0) * scale, half_at(b, 2) * least);
    for (l, o) in out.iter_mut().enumerate() {
        let q = b[16 + s / 2 * 32 + l] >> (4 * (s % 2)) & 15;
        *o = scale * f32::from(q) - least;
    }
}

fn q5_k(b: &[u8], s: usize, out: &mut [f32]) {
    let (scale, least) = scale_and_least(&b[4..16], s);
    let (scale, least) = (half_at(b, 0) * scale, half_at(b, 2) * least);
    for (l, o) in out.iter_mut().enumerate() {
        let low = b[48 + s / 2 * 32 + l] >> (4 * (s % 2)) & 15;
        let high = (b[16 + l] >> s & 1) << 4;
        *o = scale * f32::from(low | high) - least;
    }
}

fn q6_k(b: &[u8], s: usize, out: &mut [f32]) {
    let (n, r) = (s / 4, s % 4);
    let d = half_at(b, 208);
    for (l, o) in out.iter_mut().enumerate() {
        let low = b[n * 64 + r % 2 * 32 + l] >> (4 * (r / 2)) & 15;
        let high = b[128 + n * 32 + l] >> (2 * r) & 3;
        let scale = b[192 + n * 8 + 2 * r + l / 16] as i8;
        *o = d * f32::from(scale) * (f32::from(low | high << 4) - 32.0);
    }
}
