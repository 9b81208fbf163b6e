//! Tokens and stems compared with the tools'.

use super::*;

#[test]
fn tokens_and_stems_equal_the_tools() {
    let Some(results) = gold("tokenizers") else {
        return;
    };
    for entry in results["texts"].as_array().unwrap() {
        let text = entry["text"].as_str().unwrap();
        let tools = |t: &BleuTokenizer| *t != BleuTokenizer::Jieba;
        for tokenizer in BleuTokenizer::ALL.iter().copied().filter(tools) {
            let got = tokenizer.tokenize(text);
            assert_eq!(
                got,
                entry[tokenizer.name()].as_str().unwrap(),
                "{}",
                tokenizer.name()
            );
        }
        let strings = |key: &str| -> Vec<String> {
            entry[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|t| t.as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(
            RougeTokenizer::Default.tokens(text, false),
            strings("rouge")
        );
        assert_eq!(
            RougeTokenizer::Default.tokens(text, true),
            strings("rouge_stem")
        );
        assert_eq!(
            assay_metrics::chrf::words(text).collect::<Vec<_>>(),
            strings("chrf_words")
        );
    }
    for (word, stem) in results["porter_nltk"].as_object().unwrap() {
        assert_eq!(
            porter::stem(&whitespace::lower(word)),
            stem.as_str().unwrap(),
            "{word}"
        );
    }
}
