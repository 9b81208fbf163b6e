//! Near-duplicates are found without looking at all pairs; here all pairs are looked at, on random texts.

use assay_overlap::{Index, TestRow};
use std::collections::BTreeSet;

/// Numbers that look random, the same in every run (Steele, Lea and Flood 2014: SplitMix64).
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// The distinct 5-grams of a text.
fn grams(words: &[u64]) -> BTreeSet<&[u64]> {
    words.windows(5).collect()
}

fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (a, b) = (grams(a), grams(b));
    let shared = a.intersection(&b).count();
    shared as f64 / (a.len() + b.len() - shared) as f64
}

fn text(words: &[u64]) -> String {
    let words = words.iter().map(|word| format!("w{word}"));
    words.collect::<Vec<_>>().join(" ")
}

/// A text with some words replaced, taken out or put in.
fn edited(words: &[u64], draws: &mut Draws) -> Vec<u64> {
    let mut edited = words.to_vec();
    for _ in 0..draws.below(7) {
        let place = draws.below(edited.len() as u64) as usize;
        match draws.below(3) {
            0 => edited[place] = draws.below(500),
            1 if edited.len() > 8 => drop(edited.remove(place)),
            _ => edited.insert(place, draws.below(500)),
        }
    }
    edited
}

#[test]
fn every_pair_of_similarity_half_and_more_is_found_and_no_other() {
    let mut draws = Draws(2026);
    let drawn = |draws: &mut Draws| -> Vec<u64> {
        (0..8 + draws.below(30)).map(|_| draws.below(500)).collect()
    };
    let test: Vec<Vec<u64>> = (0..200).map(|_| drawn(&mut draws)).collect();
    let mut training: Vec<Vec<u64>> = (0..600).map(|_| drawn(&mut draws)).collect();
    for words in &test {
        for _ in 0..3 {
            training.push(edited(words, &mut draws));
        }
    }
    let texts: Vec<String> = test.iter().map(|words| text(words)).collect();
    let rows = texts.iter().map(|text| TestRow {
        prompts: vec![text],
        references: Vec::new(),
    });
    let mut index = Index::new(rows).unwrap();
    index.begin_file("train.jsonl");
    for words in &training {
        index.push([text(words).as_str()]);
    }
    let (found, _) = index.finish();
    let mut near = 0;
    for (words, found) in test.iter().zip(&found) {
        let all = training.iter().map(|other| jaccard(words, other));
        let most = all.fold(0.0, f64::max);
        let expected = (most >= 0.5).then_some(most);
        assert_eq!(found.similarity, expected, "{}", text(words));
        near += usize::from((0.5..0.6).contains(&most));
    }
    let similar = found.iter().filter(|f| f.similarity.is_some()).count();
    assert!(
        similar > 100 && similar < 200 && near > 5,
        "{similar} {near}"
    );
}
