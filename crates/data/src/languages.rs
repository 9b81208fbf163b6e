//! Languages by which columns of parallel texts are named: `en`, `zh-CN`, `eng_Latn`, `German`, `德语`. Names are as
//! [`crate::column_names::normalized`] writes them.

/// Codes of ISO 639 of two letters and of three. `id` and `ms` are left out, which name other things in tables.
const CODES: [&str; 108] = [
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es",
    "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy", "ig", "is",
    "it", "ja", "ka", "kk", "km", "kn", "ko", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "mt", "my",
    "nb", "ne", "nl", "nn", "no", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq",
    "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "xh", "yo", "zh", "zu",
    "ara", "bul", "ces", "chi", "cmn", "dan", "deu", "ell", "eng", "fin", "fra", "fre", "ger",
    "hin", "hun", "ind", "ita", "jpn", "kor", "nld", "pol", "por", "ron", "rus", "spa", "swe",
    "zho", "yue",
];
/// Names of languages, in English, in themselves and in Chinese.
const NAMES: [&str; 66] = [
    "arabic",
    "bengali",
    "bulgarian",
    "cantonese",
    "chinese",
    "croatian",
    "czech",
    "danish",
    "dutch",
    "english",
    "estonian",
    "finnish",
    "french",
    "german",
    "greek",
    "hebrew",
    "hindi",
    "hungarian",
    "icelandic",
    "indonesian",
    "italian",
    "japanese",
    "korean",
    "latvian",
    "lithuanian",
    "malay",
    "mandarin",
    "norwegian",
    "persian",
    "polish",
    "portuguese",
    "romanian",
    "russian",
    "slovak",
    "spanish",
    "swahili",
    "swedish",
    "thai",
    "turkish",
    "ukrainian",
    "urdu",
    "vietnamese",
    "deutsch",
    "français",
    "francais",
    "español",
    "italiano",
    "português",
    "русский",
    "中文",
    "汉语",
    "英文",
    "英语",
    "德文",
    "德语",
    "法文",
    "法语",
    "日文",
    "日语",
    "韩文",
    "韩语",
    "俄文",
    "俄语",
    "西班牙语",
    "葡萄牙语",
    "阿拉伯语",
];

/// What follows a code where a column holds something else than the language's text.
const TEXTS: [&str; 4] = ["hyp", "ref", "src", "out"];

/// Whether a name is of a language and of nothing else, but for a country or a script (`zh_cn`, `eng_latn`) and for what
/// data sets of parallel texts write before it (`translation.de`, `sentence_eng_latn`).
pub(crate) fn is_language(name: &str) -> bool {
    let before = ["translation.", "sentence_", "text_"];
    let bare = before.iter().find_map(|before| name.strip_prefix(before));
    let name = bare.unwrap_or(name);
    if CODES.contains(&name) || NAMES.contains(&name) {
        return true;
    }
    name.split_once('_').is_some_and(|(code, of)| {
        let is_region = (2..=4).contains(&of.len()) && of.bytes().all(|b| b.is_ascii_lowercase());
        CODES.contains(&code) && is_region && !TEXTS.contains(&of)
    })
}

#[cfg(test)]
mod tests {
    use super::is_language;
    use crate::column_names::normalized;

    #[test]
    fn codes_and_names_of_languages_are_told_from_other_words() {
        for name in [
            "en",
            "zh-CN",
            "pt_BR",
            "eng_Latn",
            "German",
            "Français",
            "英文",
            "translation.de",
            "sentence_zho_Hans",
        ] {
            assert!(is_language(&normalized(name).0), "{name}");
        }
        for name in [
            "id",
            "nllb",
            "base",
            "en_hyp",
            "de_model",
            "translation",
            "text_a",
            "中文译文",
        ] {
            assert!(!is_language(&normalized(name).0), "{name}");
        }
    }
}
