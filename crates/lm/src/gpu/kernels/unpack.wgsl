// Unpacking of 32 numbers at a time, the same as `lm/quant.rs` does. `packed` holds a tensor's blocks
// as `gpu/layout.rs` lays them, each of whole words. Each function writes the `s`-th 32 numbers of the
// block at byte `b` into `unpacked`.

@group(0) @binding(0) var<storage, read> packed: array<u32>;

var<private> unpacked: array<vec4<f32>, 8>;

fn byte_at(i: u32) -> u32 {
    return (packed[i >> 2u] >> ((i & 3u) * 8u)) & 0xFFu;
}

// The word at a byte that is a multiple of four.
fn word_at(i: u32) -> u32 {
    return packed[i >> 2u];
}

// The two halves of such a word.
fn halves_at(i: u32) -> vec2<f32> {
    return unpack2x16float(packed[i >> 2u]);
}

fn signed_byte(x: u32) -> f32 {
    return f32(bitcast<i32>(x << 24u) >> 24u);
}

// The four bytes of a word.
fn bytes4(q: u32) -> vec4<f32> {
    return vec4<f32>(vec4<u32>(q, q >> 8u, q >> 16u, q >> 24u) & vec4<u32>(0xFFu));
}

fn low4(q: u32) -> vec4<f32> {
    return bytes4(q & 0x0F0F0F0Fu);
}

fn high4(q: u32) -> vec4<f32> {
    return bytes4((q >> 4u) & 0x0F0F0F0Fu);
}

// Four bits as bytes of 16 or 0.
fn sixteens(bits: u32) -> vec4<f32> {
    let b = vec4<u32>(bits, bits >> 1u, bits >> 2u, bits >> 3u) & vec4<u32>(1u);
    return vec4<f32>(b * 16u);
}

fn unpack_f32(b: u32, s: u32) {
    for (var i = 0u; i < 8u; i++) { // unrolled
        let at = (b >> 2u) + 4u * i;
        unpacked[i] = vec4<f32>(
            bitcast<f32>(packed[at]), bitcast<f32>(packed[at + 1u]),
            bitcast<f32>(packed[at + 2u]), bitcast<f32>(packed[at + 3u]));
    }
}

fn unpack_f16(b: u32, s: u32) {
    for (var i = 0u; i < 8u; i++) { // unrolled
        unpacked[i] = vec4<f32>(
            unpack2x16float(word_at(b + 8u * i)), unpack2x16float(word_at(b + 8u * i + 4u)));
    }
}

fn unpack_bf16(b: u32, s: u32) {
    for (var i = 0u; i < 8u; i++) { // unrolled
        let p = word_at(b + 8u * i);
        let q = word_at(b + 8u * i + 4u);
        unpacked[i] = vec4<f32>(
            bitcast<f32>(p << 16u), bitcast<f32>(p & 0xFFFF0000u),
            bitcast<f32>(q << 16u), bitcast<f32>(q & 0xFFFF0000u));
    }
}

fn unpack_q4_0(b: u32, s: u32) {
    let d = halves_at(b).x;
    for (var i = 0u; i < 4u; i++) { // unrolled
        let q = word_at(b + 4u + 4u * i);
        unpacked[i] = d * (low4(q) - 8.0);
        unpacked[i + 4u] = d * (high4(q) - 8.0);
    }
}

fn unpack_q4_1(b: u32, s: u32) {
    let scales = halves_at(b);
    let d = scales.x;
    let m = scales.y;
    for (var i = 0u; i < 4u; i++) { // unrolled
        let q = word_at(b + 4u + 4u * i);
        unpacked[i] = d * low4(q) + m;
        unpacked[i + 4u] = d * high4(q) + m;
    }
}

fn unpack_q5_0(b: u32, s: u32) {
    let d = halves_at(b).x;
    let fifth = word_at(b + 4u);
    for (var i = 0u; i < 4u; i++) { // unrolled
        let q = word_at(b + 8u + 4u * i);
        unpacked[i] = d * (low4(q) + sixteens(fifth >> (4u * i)) - 16.0);
        unpacked[i + 4u] = d * (high4(q) + sixteens(fifth >> (4u * i + 16u)) - 16.0);
    }
}

fn unpack_q5_1(b: u32, s: u32) {
    let scales = halves_at(b);
    let d = scales.x;
    let m = scales.y;
    let fifth = word_at(b + 4u);
    for (var i = 0u; i < 4u; i++) { // unrolled
        let q = word_at(b + 8u + 4u * i);
        unpacked[i] = d * (low4(q) + sixteens(fifth >> (4u * i))) + m;
        unpacked[i + 4u] = d * (high4(q) + sixteens(fifth >> (4u * i + 16u))) + m;
    }
}

fn unpack_q8_0(b: u32, s: u32) {
    let d = halves_at(b).x;
    for (var i = 0u; i < 8u; i++) { // unrolled
        let q = word_at(b + 4u + 4u * i);
        unpacked[i] = d * vec4<f32>(
            signed_byte(q), signed_byte(q >> 8u), signed_byte(q >> 16u), signed_byte(q >> 24u));
    }
}

fn unpack_q2_k(b: u32, s: u32) {
    let scales = halves_at(b + 80u);
    let d = scales.x;
    let least = scales.y;
    for (var i = 0u; i < 8u; i++) { // unrolled
        let scale = byte_at(b + 2u * s + i / 4u);
        let q = word_at(b + 16u + (s / 4u) * 32u + 4u * i) >> (2u * (s % 4u));
        unpacked[i] = d * f32(scale & 15u) * bytes4(q & 0x03030303u) - least * f32(scale >> 4u);
    }
}

fn unpack_q3_k(b: u32, s: u32) {
    let d = halves_at(b + 108u).x;
    for (var i = 0u; i < 8u; i++) { // unrolled
        let n = 2u * s + i / 4u;
        let low = (byte_at(b + 96u + (n & 7u)) >> (4u * (n / 8u))) & 15u;
        let high = (byte_at(b + 104u + n % 4u) >> (2u * (n / 4u))) & 3u;
        let scale = d * (f32(low | (high << 4u)) - 32.0);
        let q = word_at(b + 32u + (s / 4u) * 32u + 4u * i) >> (2u * (s % 4u));
        let third = (word_at(b + 4u * i) >> s) & 0x01010101u;
        unpacked[i] = scale * (bytes4(q & 0x03030303u) + 4.0 * bytes4(third) - 4.0);
    }
}

// The 6-bit scale and minimum of a group of Q4_K and Q5_K, whose twelve bytes begin at `at`.
fn scale_and_least(at: u32, s: u32) -> vec2<f32> {
    if (s < 4u) {
        return vec2<f32>(f32(byte_at(at + s) & 63u), f32(byte_at(at + s + 4u) & 63u));
    }
    let both = byte_at(at + s + 4u);
    let scale = (both & 15u) | ((byte_at(at + s - 4u) >> 6u) << 4u);
    let least = (both >> 4u) | ((byte_at(at + s) >> 6u) << 4u);
    return vec2<f32>(f32(scale), f32(least));
}

fn unpack_q4_k(b: u32, s: u32) {
    let pair = scale_and_least(b + 4u, s);
    let scales = halves_at(b) * pair;
    let scale = scales.x;
    let least = scales.y;
    for (var i = 0u; i < 8u; i++) { // unrolled
        let q = word_at(b + 16u + (s / 2u) * 32u + 4u * i) >> (4u * (s % 2u));
        unpacked[i] = scale * bytes4(q & 0x0F0F0F0Fu) - least;
    }
}

fn unpack_q5_k(b: u32, s: u32) {
    let pair = scale_and_least(b + 4u, s);
    let scales = halves_at(b) * pair;
    let scale = scales.x;
    let least = scales.y;
    for (var i = 0u; i < 8u; i++) { // unrolled
        let q = word_at(b + 48u + (s / 2u) * 32u + 4u * i) >> (4u * (s % 2u));
        let fifth = (word_at(b + 16u + 4u * i) >> s) & 0x01010101u;
        unpacked[i] = scale * (bytes4(q & 0x0F0F0F0Fu) + 16.0 * bytes4(fifth)) - least;
    }
}

fn unpack_q6_k(b: u32, s: u32) {
    let n = s / 4u;
    let r = s % 4u;
    let d = halves_at(b + 208u).x;
    for (var i = 0u; i < 8u; i++) { // unrolled
        let low = word_at(b + n * 64u + (r % 2u) * 32u + 4u * i) >> (4u * (r / 2u));
        let high = word_at(b + 128u + n * 32u + 4u * i) >> (2u * r);
        let scale = d * signed_byte(byte_at(b + 192u + n * 8u + 2u * r + i / 4u));
        let q = (low & 0x0F0F0F0Fu) | ((high & 0x03030303u) << 4u);
        unpacked[i] = scale * (bytes4(q) - 32.0);
    }
}

var<private> steps: array<f32, 16> = array<f32, 16>(
    -127.0, -104.0, -83.0, -65.0, -49.0, -35.0, -22.0, -10.0,
    1.0, 13.0, 25.0, 38.0, 53.0, 69.0, 89.0, 113.0);

fn steps4(q: u32) -> vec4<f32> {
    return vec4<f32>(
        steps[q & 15u], steps[(q >> 8u) & 15u], steps[(q >> 16u) & 15u], steps[(q >> 24u) & 15u]);
}

fn unpack_iq4_nl(b: u32, s: u32) {
    let d = halves_at(b).x;
    for (var i = 0u; i < 4u; i++) { // unrolled
        let q = word_at(b + 4u + 4u * i);
        unpacked[i] = d * steps4(q);
        unpacked[i + 4u] = d * steps4(q >> 4u);
    }
}

fn unpack_iq4_xs(b: u32, s: u32) {
    let low = (byte_at(b + 4u + s / 2u) >> (4u * (s % 2u))) & 15u;
    let high = ((byte_at(b + 2u) | (byte_at(b + 3u) << 8u)) >> (2u * s)) & 3u;
    let d = halves_at(b).x * (f32(low | (high << 4u)) - 32.0);
    for (var i = 0u; i < 4u; i++) { // unrolled
        let q = word_at(b + 8u + 16u * s + 4u * i);
        unpacked[i] = d * steps4(q);
        unpacked[i + 4u] = d * steps4(q >> 4u);
    }
}

// Unpacks the `g`-th 32 numbers of the row that begins at byte `row`. BLOCK_BYTES, GROUPS (of a
// block) and UNPACK are filled in for the tensor's type.
fn unpack_group(row: u32, g: u32) {
    UNPACK(row + (g / GROUPSu) * BLOCK_BYTESu, g % GROUPSu);
}
