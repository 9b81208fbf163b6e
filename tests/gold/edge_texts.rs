//! Hard little texts under every metric.

use super::bleu::check_bleu_parts;
use super::rouge::rouge;
use super::*;
use assay_text::tokenizer_ter::TerTokenizer;

fn ters() -> [(&'static str, TerTokenizer); 5] {
    let usual = TerTokenizer::default();
    let normal = TerTokenizer {
        normalized: true,
        ..usual
    };
    let asian = TerTokenizer {
        asian_support: true,
        ..normal
    };
    let no_punct = TerTokenizer {
        no_punct: true,
        ..usual
    };
    let cased = TerTokenizer {
        case_sensitive: true,
        ..usual
    };
    [
        ("ter", usual),
        ("ter_norm", normal),
        ("ter_norm_asian", asian),
        ("ter_nopunct", no_punct),
        ("ter_cs", cased),
    ]
}

#[test]
fn edge_case_texts_match_reference_tools() {
    let Some(results) = gold("edge_texts") else {
        return;
    };
    for entry in results.as_array().unwrap() {
        let hyp = entry["hyp"].as_str().unwrap();
        let refs: Vec<&str> = entry["refs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r.as_str().unwrap())
            .collect();
        let one = [(hyp, refs)];
        for &tokenize in BleuTokenizer::ALL {
            // What the tool does not have.
            if tokenize == BleuTokenizer::Jieba {
                continue;
            }
            let metric = Bleu {
                tokenize,
                ..Bleu::default()
            };
            let row = rows(&metric, &one);
            let name = tokenize.name();
            let what = || format!("{name} {hyp:?}");
            assert_close(
                metric.segment_score(&row),
                entry[format!("bleu_{name}_eff")].as_f64().unwrap(),
                what,
            );
            assert_close(
                metric.score(&row).value,
                entry[format!("bleu_{name}_noeff")].as_f64().unwrap(),
                what,
            );
            check_bleu_parts(
                &metric.score(&row),
                &entry[format!("bleu_corpus_{name}")],
                4,
            );
        }
        let chrfs = [
            ("chrf", Chrf::default()),
            ("chrfpp", Chrf::plus_plus()),
            (
                "chrf_eps",
                Chrf {
                    eps_smoothing: true,
                    ..Chrf::default()
                },
            ),
            (
                "chrf_ws",
                Chrf {
                    whitespace: true,
                    ..Chrf::default()
                },
            ),
            (
                "chrf_lc",
                Chrf {
                    lowercase: true,
                    ..Chrf::default()
                },
            ),
        ];
        for (key, metric) in chrfs {
            let score = corpus(&metric, &one).value;
            assert_close(score, entry[key].as_f64().unwrap(), || {
                format!("{key} {hyp:?}")
            });
        }
        for (key, tokenizer) in ters() {
            let row = rows(&Ter { tokenizer }, &one);
            let expected = floats(&entry[key]);
            assert_close(Ter::default().segment_score(&row), expected[0], || {
                format!("{key} {hyp:?}")
            });
            assert_eq!(row, expected[1..], "{key} {hyp:?}");
        }
        for (key, stem) in [("rouge", false), ("rouge_stem", true)] {
            for (kind, prf) in entry[key].as_object().unwrap() {
                let row = rows(&rouge(kind, stem, RougeTokenizer::Default), &one);
                for (got, expected) in row.iter().zip(floats(prf)) {
                    assert_close(*got, expected, || format!("{key} {kind} {hyp:?}"));
                }
            }
        }
        for (kind, key) in [
            (QaKind::ExactMatch, "squad_em"),
            (QaKind::TokenF1, "squad_f1"),
        ] {
            let row = rows(&SquadQa { kind }, &one);
            assert_close(row[0], entry[key].as_f64().unwrap(), || {
                format!("{key} {hyp:?}")
            });
        }
    }
}
