//! NumPy's default generator: PCG64 (PCG XSL RR 128/64, O'Neill 2014) seeded through SeedSequence,
//! with NumPy 2's bounded integers (Lemire 2019) and booleans. Equal draw for draw to
//! `numpy.random.default_rng(seed)`, so that resampling tests give sacreBLEU's p-values.

const MULTIPLIER: u128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645;

/// The generator's state.
#[derive(Debug, Clone)]
pub struct Pcg64 {
    state: u128,
    increment: u128,
    /// The upper half of a 64-bit draw whose lower half was already given out.
    spare: Option<u32>,
}

impl Pcg64 {
    /// `numpy.random.default_rng(seed)`.
    pub fn new(seed: u64) -> Self {
        let words = seed_sequence(seed);
        let wide = |i: usize| (u128::from(words[i]) << 64) | u128::from(words[i + 1]);
        let mut rng = Self {
            state: 0,
            increment: (wide(2) << 1) | 1,
            spare: None,
        };
        rng.step();
        rng.state = rng.state.wrapping_add(wide(0));
        rng.step();
        rng
    }

    fn step(&mut self) {
        self.state = self
            .state
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(self.increment);
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    /// 32 random bits; two in a row come from one 64-bit draw, the lower half first.
    pub fn next_u32(&mut self) -> u32 {
        if let Some(high) = self.spare.take() {
            return high;
        }
        let bits = self.next_u64();
        self.spare = Some((bits >> 32) as u32);
        bits as u32
    }

    /// A whole number in `0..bound`, as `integers(0, bound)` draws one. `bound` must be at least 1;
    /// for 1 nothing is drawn.
    pub fn below(&mut self, bound: u32) -> u32 {
        if bound <= 1 {
            return 0;
        }
        let mut product = u64::from(self.next_u32()) * u64::from(bound);
        if (product as u32) < bound {
            let threshold = bound.wrapping_neg() % bound;
            while (product as u32) < threshold {
                product = u64::from(self.next_u32()) * u64::from(bound);
            }
        }
        (product >> 32) as u32
    }

    /// A source of booleans as one call of `integers(2, dtype=bool)` gives them.
    pub fn booleans(&mut self) -> Booleans<'_> {
        Booleans {
            rng: self,
            bits: 0,
            left: 0,
        }
    }
}

/// Booleans, 32 from each 32-bit draw, lowest bit first.
pub struct Booleans<'a> {
    rng: &'a mut Pcg64,
    bits: u32,
    left: u32,
}

impl Booleans<'_> {
    /// The next boolean.
    pub fn draw(&mut self) -> bool {
        if self.left == 0 {
            self.bits = self.rng.next_u32();
            self.left = 32;
        } else {
            self.bits >>= 1;
        }
        self.left -= 1;
        self.bits & 1 == 1
    }
}

const POOL: usize = 4;

/// `SeedSequence(seed).generate_state(4, uint64)`.
fn seed_sequence(seed: u64) -> [u64; 4] {
    let mut hash = 0x43b0_d7e5_u32;
    let mut hashmix = |value: u32| {
        let mut v = value ^ hash;
        hash = hash.wrapping_mul(0x931e_8875);
        v = v.wrapping_mul(hash);
        v ^ (v >> 16)
    };
    let entropy = [seed as u32, (seed >> 32) as u32, 0, 0];
    let mut pool = entropy.map(&mut hashmix);
    for source in 0..POOL {
        for target in (0..POOL).filter(|&t| t != source) {
            let mixed = pool[target]
                .wrapping_mul(0xca01_f9dd)
                .wrapping_sub(hashmix(pool[source]).wrapping_mul(0x4973_f715));
            pool[target] = mixed ^ (mixed >> 16);
        }
    }
    let mut hash = 0x8b51_f9dd_u32;
    let mut word = |i: usize| {
        let mut v = pool[i % POOL] ^ hash;
        hash = hash.wrapping_mul(0x58f3_8ded);
        v = v.wrapping_mul(hash);
        u64::from(v ^ (v >> 16))
    };
    std::array::from_fn(|i| word(2 * i) | (word(2 * i + 1) << 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// numpy 2.4.6: `default_rng(12345).choice(2445, size=(2, 2445))`, first draws.
    #[test]
    fn bounded_integers_are_numpys() {
        let mut rng = Pcg64::new(12345);
        let draws: Vec<u32> = (0..5).map(|_| rng.below(2445)).collect();
        assert_eq!(draws, [1709, 555, 1928, 774, 499]);
        let second: Vec<u32> = (5..2450).map(|_| rng.below(2445)).skip(2440).collect();
        assert_eq!(second, [1029, 2344, 240, 763, 1879]);
    }

    /// numpy 2.4.6: `default_rng(12345).integers(2, size=20, dtype=bool)`.
    #[test]
    fn booleans_are_numpys() {
        let mut rng = Pcg64::new(12345);
        let mut source = rng.booleans();
        let draws: Vec<u8> = (0..20).map(|_| source.draw().into()).collect();
        assert_eq!(
            draws,
            [1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
        );
    }
}
