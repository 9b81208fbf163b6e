//! The questions that a task begins with. Their words are data, one `Words` for each language in `LANGUAGES`;
//! a new language is an entry there. Points of a scale are listed from the worst to the best.

use super::marks::{ErrorCategory, ErrorScheme};
use super::task::{Kind, Question};

/// Categories of MQM.
const MQM_CATEGORIES: usize = 15;
/// The place of punctuation among them, whose minor errors cost 0.1 (Freitag et al. 2021, table 4).
const PUNCTUATION: usize = 4;
/// The place of texts that are no translation, which cost 25 (the same).
const NON_TRANSLATION: usize = 13;

/// A set of questions to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Four scales of five points: relevance, fluency, factual correctness, diversity.
    Scales,
    /// Which of two is better.
    Pairwise,
    /// From best to worst.
    Ranking,
    /// Yes or no: is the task done?
    Checks,
    /// Errors marked in the text.
    Errors,
    /// Errors marked in the text with the categories, severities and weights of MQM.
    Mqm,
    /// Error span annotation: errors marked as minor or major first, then a score from 0 to 100 (Kocmi et al. 2024).
    Esa,
}

impl Template {
    /// All, with their names in files and addresses.
    pub const ALL: [(Self, &str); 7] = [
        (Self::Scales, "scales"),
        (Self::Pairwise, "pairwise"),
        (Self::Ranking, "ranking"),
        (Self::Checks, "checks"),
        (Self::Errors, "errors"),
        (Self::Mqm, "mqm"),
        (Self::Esa, "esa"),
    ];

    /// Its questions in the language of a tag such as `en` or `zh-CN`; of one without words, in the first language.
    #[must_use]
    pub fn questions(self, language: &str) -> Vec<Question> {
        self.worded(words(language))
    }

    fn worded(self, words: &Words) -> Vec<Question> {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        match self {
            Self::Scales => words
                .scales
                .iter()
                .map(|(name, help, points)| required((name, help), Kind::Scale(owned(points))))
                .collect(),
            Self::Pairwise => {
                let kind = Kind::Pairwise {
                    tie: true,
                    both_bad: true,
                };
                vec![required(words.pairwise, kind)]
            }
            Self::Ranking => vec![required(words.ranking, Kind::Ranking)],
            Self::Checks => vec![required(words.checks, Kind::YesNo)],
            Self::Errors => vec![required(
                words.errors,
                Kind::Spans(owned(&words.categories)),
            )],
            Self::Mqm => vec![required(words.mqm, Kind::Marks(mqm(words)))],
            Self::Esa => {
                let spans = Kind::Marks(ErrorScheme::minor_and_major(Vec::new()));
                vec![
                    required(words.esa, spans),
                    required(words.score, Kind::Score),
                ]
            }
        }
    }
}

/// The categories of MQM with their weights.
fn mqm(words: &Words) -> ErrorScheme {
    let mut categories = words.mqm_categories.map(ErrorCategory::plain);
    categories[PUNCTUATION].weights = vec![0, 10, 500, 2_500];
    categories[NON_TRANSLATION].weights = vec![0, 2_500, 2_500, 2_500];
    ErrorScheme::mqm(categories.to_vec())
}

/// A question for comments, which any task may have as well.
#[must_use]
pub fn comment(language: &str) -> Question {
    comment_worded(words(language))
}

fn comment_worded(words: &Words) -> Question {
    Question {
        required: false,
        ..required(words.comment, Kind::Comment)
    }
}

/// A scale of five points without words for them.
#[must_use]
pub fn plain_scale(language: &str) -> Question {
    let points = vec![String::new(); 5];
    required((words(language).quality, ""), Kind::Scale(points))
}

/// A question for a score from 0 to 100.
#[must_use]
pub fn score(language: &str) -> Question {
    required(words(language).score, Kind::Score)
}

/// The same question in another language, for a question that a template has; nothing for one of the owner's own.
#[must_use]
pub fn translated(question: &Question, language: &str) -> Option<Question> {
    let target = all_worded(words(language));
    LANGUAGES.iter().find_map(|words| {
        let place = all_worded(words).iter().position(|q| q == question)?;
        target.get(place).cloned()
    })
}

/// The questions of all templates, in an order that is the same for every language.
fn all_worded(words: &Words) -> Vec<Question> {
    let templates = Template::ALL.iter();
    let questions = templates.flat_map(|(template, _)| template.worded(words));
    questions.chain([comment_worded(words)]).collect()
}

fn required((name, help): Asked, kind: Kind) -> Question {
    Question {
        name: name.to_owned(),
        help: help.to_owned(),
        kind,
        required: true,
    }
}

/// The words of a tag's language, found by its primary subtag.
fn words(language: &str) -> &'static Words {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let found = LANGUAGES.iter().find(|words| words.language == primary);
    found.unwrap_or(&LANGUAGES[0])
}

/// A question's name, and the question itself.
type Asked = (&'static str, &'static str);

/// What the templates say in one language.
struct Words {
    /// The language's primary subtag.
    language: &'static str,
    scales: [(&'static str, &'static str, [&'static str; 5]); 4],
    pairwise: Asked,
    ranking: Asked,
    checks: Asked,
    errors: Asked,
    /// The categories that an error can have.
    categories: [&'static str; 5],
    mqm: Asked,
    mqm_categories: [&'static str; MQM_CATEGORIES],
    esa: Asked,
    score: Asked,
    comment: Asked,
    /// The name of a scale that is added alone.
    quality: &'static str,
}

/// The templates' words in all languages; the first language is used for tags of any other.
static LANGUAGES: [Words; 2] = [
    Words {
        language: "en",
        scales: [
            (
                "Relevance",
                "Does it answer what was asked?",
                [
                    "off the point",
                    "mostly off",
                    "partly",
                    "mostly to the point",
                    "fully to the point",
                ],
            ),
            (
                "Fluency",
                "Does it read like a careful writer's text?",
                [
                    "unreadable",
                    "hard to read",
                    "some slips",
                    "nearly flawless",
                    "flawless",
                ],
            ),
            (
                "Factual correctness",
                "Is what it says true?",
                [
                    "false throughout",
                    "grave errors",
                    "some errors",
                    "a slip",
                    "all true",
                ],
            ),
            (
                "Diversity",
                "Is it varied, without repeating itself?",
                [
                    "repeats itself",
                    "monotonous",
                    "fairly varied",
                    "varied",
                    "rich",
                ],
            ),
        ],
        pairwise: ("Preference", "Which output is better?"),
        ranking: ("Ranking", "Order the outputs from best to worst."),
        checks: ("Task done", "Does the output do what was asked?"),
        errors: ("Errors", "Mark every error: its first word, then its last."),
        categories: ["Accuracy", "Fluency", "Terminology", "Style", "Other"],
        mqm: (
            "MQM",
            "Mark every error with its category and severity. Neutral: a matter of taste. Minor: noticeable, but \
             misleads nobody. Major: changes the meaning or is hard to understand. Critical: makes the text useless or \
             harmful.",
        ),
        mqm_categories: [
            "Accuracy/Addition",
            "Accuracy/Omission",
            "Accuracy/Mistranslation",
            "Accuracy/Untranslated text",
            "Fluency/Punctuation",
            "Fluency/Spelling",
            "Fluency/Grammar",
            "Fluency/Register",
            "Fluency/Inconsistency",
            "Fluency/Character encoding",
            "Terminology",
            "Style",
            "Locale convention",
            "Non-translation",
            "Other",
        ],
        esa: (
            "Error spans",
            "Mark every error. Major: changes the meaning or is hard to understand. Minor: everything else.",
        ),
        score: (
            "Score",
            "How good is the whole? 0: none of the meaning is kept. 33: some of it. 66: most of it, with few errors in \
             the language. 100: perfect.",
        ),
        comment: ("Comment", "Anything to add?"),
        quality: "Quality",
    },
    Words {
        language: "zh",
        scales: [
            (
                "相关性",
                "是否回答了所提的要求？",
                ["答非所问", "大部分无关", "部分相关", "基本切题", "完全切题"],
            ),
            (
                "流畅度",
                "读起来是否通顺自然？",
                ["无法读懂", "读来费力", "有些不通顺", "基本通顺", "通顺自然"],
            ),
            (
                "事实正确性",
                "所述内容是否属实？",
                [
                    "完全错误",
                    "有严重错误",
                    "有部分错误",
                    "有细微错误",
                    "完全正确",
                ],
            ),
            (
                "多样性",
                "表达是否丰富、不重复？",
                ["反复重复", "单调", "尚可", "较丰富", "非常丰富"],
            ),
        ],
        pairwise: ("偏好", "哪个输出更好？"),
        ranking: ("排序", "请将各输出从最好到最差排序。"),
        checks: ("任务完成", "输出是否完成了所要求的任务？"),
        errors: ("错误", "请标出每处错误：先点第一个词，再点最后一个词。"),
        categories: ["准确性", "流畅度", "术语", "风格", "其他"],
        mqm: (
            "MQM",
            "请标出每处错误，并选择类别和严重程度。中性：只是偏好问题。轻微：能看出来，但不会造成误解。\
             严重：改变了意思，或难以理解。致命：文本因此无法使用或有害。",
        ),
        mqm_categories: [
            "准确性/增译",
            "准确性/漏译",
            "准确性/误译",
            "准确性/未译",
            "流畅度/标点",
            "流畅度/拼写",
            "流畅度/语法",
            "流畅度/语域",
            "流畅度/不一致",
            "流畅度/字符编码",
            "术语",
            "风格",
            "地区规范",
            "并非译文",
            "其他",
        ],
        esa: (
            "错误片段",
            "请标出每处错误。严重：改变了意思，或难以理解。轻微：其余错误。",
        ),
        score: (
            "得分",
            "整体质量如何？0：完全没有保留原意。33：保留了部分意思。66：保留了大部分意思，语言错误很少。100：完美。",
        ),
        comment: ("备注", "还有什么要说明的？"),
        quality: "质量",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::{Mark, Severity};

    #[test]
    fn a_tag_finds_its_language_and_an_unknown_one_the_first() {
        let name = |tag: &str| comment(tag).name;
        assert_eq!(
            ["zh-CN", "zh", "en-GB", "pl", ""].map(name),
            ["备注", "备注", "Comment", "Comment", "Comment"]
        );
    }

    #[test]
    fn mqm_weighs_errors_as_its_sources_do() {
        let questions = Template::Mqm.questions("en");
        let scheme = questions[0].kind.errors().unwrap();
        let cost = |name: &str, severity: Severity| {
            let category = scheme.categories.iter().position(|c| c.name == name);
            scheme.cost(&Mark {
                start: 0,
                end: 1,
                category: category.unwrap() as u8,
                severity,
            })
        };
        let all = |name: &str| Severity::ALL.map(|severity| cost(name, severity));
        assert_eq!(all("Accuracy/Mistranslation"), [0.0, 1.0, 5.0, 25.0]);
        assert_eq!(all("Fluency/Punctuation"), [0.0, 0.1, 5.0, 25.0]);
        assert_eq!(all("Non-translation"), [0.0, 25.0, 25.0, 25.0]);
        assert_eq!(scheme.categories.last().unwrap().name, "Other");
    }

    #[test]
    fn a_template_is_translated_and_an_own_question_is_not() {
        let english = Template::Errors.questions("en").remove(0);
        let chinese = Template::Errors.questions("zh-CN").remove(0);
        assert_eq!(translated(&english, "zh-CN"), Some(chinese.clone()));
        assert_eq!(translated(&chinese, "en"), Some(english.clone()));
        let mut own = english;
        own.name.push('?');
        assert_eq!(translated(&own, "zh-CN"), None);
    }
}
