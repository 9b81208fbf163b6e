//! Links that were made to do harm cost little: at most 64 MB and a second, and give a sentence. A test
//! program of its own, so that the memory it takes is what these links take.

use assay_rating::envelope::{Envelope, EnvelopeError, open};
use assay_testing::{memory_peak, reset_memory_peak};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::time::{Duration, Instant};

fn envelope(contents: u8, body: &[u8]) -> String {
    let mut bytes = vec![1, contents];
    bytes.extend((body.len() as u32).to_le_bytes());
    let mut digest = Sha256::new();
    digest.update(&bytes);
    digest.update(body);
    bytes.extend(&digest.finalize()[..8]);
    bytes.extend(body);
    BASE64URL_NOPAD.encode(&bytes)
}

fn packed(parts: &[(&[u8], usize)]) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 5, 24);
    for (part, times) in parts {
        let block = part.repeat((1 << 16) / part.len() + 1);
        let mut left = part.len() * times;
        while left > 0 {
            let n = left.min(block.len() / part.len() * part.len());
            writer.write_all(&block[..n]).unwrap();
            left -= n;
        }
    }
    writer.into_inner()
}

/// A task up to its items: id, seed, key, language, title, instructions, one yes-or-no question.
fn beginning() -> Vec<u8> {
    let mut head = vec![0; 2 + 32 + 3];
    head.extend([1, 1, b'q', 0, 1, 1]);
    head
}

fn count(n: u64) -> Vec<u8> {
    postcard::to_stdvec(&n).unwrap()
}

#[test]
fn a_link_made_to_do_harm_costs_little_and_gives_a_sentence() {
    let item = |outputs: u64| {
        [
            vec![0, 0],
            count(outputs),
            vec![0; outputs as usize],
            vec![0],
        ]
        .concat()
    };
    let with = |items: u64, one: &[u8]| {
        let head = [beginning(), count(items)].concat();
        packed(&[(&head, 1), (one, items as usize), (&[0], 8)])
    };
    let text = [count(6 << 20), vec![b'x'; 6 << 20]].concat();
    let long = [vec![0; 2 + 32 + 1], text, vec![0, 0, 0, 0, 0, 0, 0]].concat();
    let links = [
        (
            "a gigabyte of nothing",
            envelope(0, &packed(&[(&[0], 1 << 30)])),
        ),
        (
            "as many items as there may be",
            envelope(0, &with(5_000, &item(26))),
        ),
        (
            "more items than there may be",
            envelope(0, &with(200_000, &item(26))),
        ),
        (
            "more outputs than there may be",
            envelope(0, &with(50, &item(100_000))),
        ),
        (
            "a count that lies",
            envelope(0, &packed(&[(&[beginning(), count(u64::MAX)].concat(), 1)])),
        ),
        ("one long text", envelope(0, &packed(&[(&long, 1)]))),
        (
            "a window of a gigabyte",
            envelope(0, &[0x11, 0x1e, 0xff, 0xff, 0xff, 0xff, 0xff]),
        ),
        ("an empty body", envelope(0, &[])),
        ("a lock without a task", envelope(1, &[0; 28])),
        ("answers without an end", envelope(2, &[0; 20])),
        ("contents that are none", envelope(9, &[0; 20])),
        (
            "a length of four gigabytes",
            "AQD_____AAAAAAAAAAAAAAAA".to_owned(),
        ),
        ("letters without end", "A".repeat(20 << 20)),
    ];
    for (what, link) in &links {
        let before = reset_memory_peak();
        let start = Instant::now();
        let outcome = open(link);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(1), "{what}: {took:?}");
        match (*what, outcome) {
            // A task of that size may be; its yes-or-no question fits any output.
            ("as many items as there may be", Ok(Envelope::Task(task))) => {
                assert_eq!(task.items.len(), 5_000);
            }
            ("a lock without a task", Ok(Envelope::Locked(locked))) => {
                assert_eq!(locked.unlock("x"), Err(EnvelopeError::WrongPassphrase));
            }
            (_, Err(error)) => assert!(error.to_string().len() > 20, "{what}"),
            (_, Ok(found)) => panic!("{what}: {found:?}"),
        }
        if let (Some(before), Some(now)) = (before, memory_peak()) {
            let more = now.saturating_sub(before);
            assert!(more < 64 << 20, "{what}: {more} bytes");
        }
    }
}
