//! The questions that a task begins with, in English and Chinese. Anchors say what a point means, the
//! worst first.

use super::task::{Kind, Question};

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
}

impl Template {
    /// All, with their names in files and addresses.
    pub const ALL: [(Self, &str); 5] = [
        (Self::Scales, "scales"),
        (Self::Pairwise, "pairwise"),
        (Self::Ranking, "ranking"),
        (Self::Checks, "checks"),
        (Self::Errors, "errors"),
    ];

    /// Its questions in a language.
    #[must_use]
    pub fn questions(self, chinese: bool) -> Vec<Question> {
        let pick = |pair: (&str, &str)| (if chinese { pair.1 } else { pair.0 }).to_owned();
        let asked = |name, help, kind, required| Question {
            name: pick(name),
            help: pick(help),
            kind,
            required,
        };
        match self {
            Self::Scales => SCALES
                .iter()
                .map(|(name, help, anchors)| {
                    let points = anchors.iter().map(|a| pick(*a)).collect();
                    asked(*name, *help, Kind::Scale(points), true)
                })
                .collect(),
            Self::Pairwise => {
                let kind = Kind::Pairwise {
                    tie: true,
                    both_bad: true,
                };
                vec![asked(
                    ("Preference", "偏好"),
                    ("Which output is better?", "哪个输出更好？"),
                    kind,
                    true,
                )]
            }
            Self::Ranking => vec![asked(
                ("Ranking", "排序"),
                (
                    "Order the outputs from best to worst.",
                    "请将各输出从最好到最差排序。",
                ),
                Kind::Ranking,
                true,
            )],
            Self::Checks => vec![asked(
                ("Task done", "任务完成"),
                (
                    "Does the output do what was asked?",
                    "输出是否完成了所要求的任务？",
                ),
                Kind::YesNo,
                true,
            )],
            Self::Errors => {
                let categories = CATEGORIES.iter().map(|c| pick(*c)).collect();
                vec![asked(
                    ("Errors", "错误"),
                    (
                        "Mark every error: its first word, then its last.",
                        "请标出每处错误：先点第一个词，再点最后一个词。",
                    ),
                    Kind::Spans(categories),
                    true,
                )]
            }
        }
    }
}

/// A question for comments, which any task may have besides.
#[must_use]
pub fn comment(chinese: bool) -> Question {
    let (name, help) = if chinese {
        ("备注", "还有什么要说明的？")
    } else {
        ("Comment", "Anything to add?")
    };
    Question {
        name: name.to_owned(),
        help: help.to_owned(),
        kind: Kind::Comment,
        required: false,
    }
}

type Words = (&'static str, &'static str);

const SCALES: [(Words, Words, [Words; 5]); 4] = [
    (
        ("Relevance", "相关性"),
        ("Does it answer what was asked?", "是否回答了所提的要求？"),
        [
            ("off the point", "答非所问"),
            ("mostly off", "大部分无关"),
            ("partly", "部分相关"),
            ("mostly to the point", "基本切题"),
            ("fully to the point", "完全切题"),
        ],
    ),
    (
        ("Fluency", "流畅度"),
        (
            "Does it read like a careful writer's text?",
            "读起来是否通顺自然？",
        ),
        [
            ("unreadable", "无法读懂"),
            ("hard to read", "读来费力"),
            ("some slips", "有些不通顺"),
            ("nearly flawless", "基本通顺"),
            ("flawless", "通顺自然"),
        ],
    ),
    (
        ("Factual correctness", "事实正确性"),
        ("Is what it says true?", "所述内容是否属实？"),
        [
            ("false throughout", "完全错误"),
            ("grave errors", "有严重错误"),
            ("some errors", "有部分错误"),
            ("a slip", "有细微错误"),
            ("all true", "完全正确"),
        ],
    ),
    (
        ("Diversity", "多样性"),
        (
            "Is it varied, without repeating itself?",
            "表达是否丰富、不重复？",
        ),
        [
            ("repeats itself", "反复重复"),
            ("monotonous", "单调"),
            ("fairly varied", "尚可"),
            ("varied", "较丰富"),
            ("rich", "非常丰富"),
        ],
    ),
];

const CATEGORIES: [Words; 5] = [
    ("Accuracy", "准确性"),
    ("Fluency", "流畅度"),
    ("Terminology", "术语"),
    ("Style", "风格"),
    ("Other", "其他"),
];
