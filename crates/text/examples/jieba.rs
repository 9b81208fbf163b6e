//! Makes `www/jieba.bin` from jieba's dictionary, which PyPI's package jieba 0.42.1 carries (MIT):
//!
//!     cargo run --release -p assay-text --example jieba -- jieba/dict.txt www/jieba.bin

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = &arguments[..] else {
        eprintln!("usage: jieba dict.txt jieba.bin");
        return ExitCode::FAILURE;
    };
    let made = std::fs::read_to_string(from)
        .and_then(|text| std::fs::write(to, assay_text::jieba::packed(&text)));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jieba: {error}");
            ExitCode::FAILURE
        }
    }
}
