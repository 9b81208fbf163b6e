//! Words that names of columns are made of, in English and Chinese: what each says stands in `column_names`.

/// First words of names of what is right.
pub(crate) const RIGHT: [&str; 15] = [
    "reference",
    "ref",
    "gold",
    "golden",
    "correct",
    "expected",
    "ideal",
    "true",
    "human",
    "target",
    "gt",
    "best",
    "standard",
    "ground_truth",
    "label",
];
/// First words of names of what a system said.
pub(crate) const SAID: [&str; 12] = [
    "predicted",
    "prediction",
    "pred",
    "generated",
    "model",
    "llm",
    "actual",
    "system",
    "mt",
    "ai",
    "bot",
    "assistant",
];
/// First words of names of what is wrong on purpose.
pub(crate) const WRONG: [&str; 4] = ["incorrect", "wrong", "distractor", "distractors"];
/// Last words of names of texts that answer something.
pub(crate) const ANSWERS: [&str; 29] = [
    "query",
    "answer",
    "answers",
    "output",
    "outputs",
    "response",
    "responses",
    "translation",
    "translations",
    "summary",
    "summaries",
    "text",
    "texts",
    "result",
    "results",
    "completion",
    "completions",
    "solution",
    "reply",
    "caption",
    "transcript",
    "transcription",
    "sentence",
    "value",
    "option",
    "choice",
    "letter",
    "sql",
    "code",
];
/// Last words of names of classes.
pub(crate) const CLASSES: [&str; 9] = [
    "label",
    "labels",
    "class",
    "category",
    "intent",
    "sentiment",
    "emotion",
    "tag",
    "topic",
];
/// Last words of names of questions.
pub(crate) const QUESTIONS: [&str; 5] =
    ["question", "prompt", "instruction", "problem", "utterance"];
/// A query may be SQL that a system wrote, unless one of these asks it.
pub(crate) const ASKING: [&str; 5] = ["user", "customer", "search", "input", "original"];
/// Chinese first parts of names, likewise.
pub(crate) const RIGHT_ZH: [&str; 12] = [
    "参考", "标准", "正确", "期望", "预期", "人工", "真实", "目标", "理想", "金标", "标注", "实际",
];
pub(crate) const SAID_ZH: [&str; 7] = ["模型", "预测", "生成", "机器", "实际", "系统", "ai"];
/// Chinese last parts of names of texts that answer something.
pub(crate) const ANSWERS_ZH: [&str; 14] = [
    "答案", "回答", "输出", "译文", "翻译", "文本", "结果", "回复", "答复", "摘要", "总结", "内容",
    "解答", "应答",
];
pub(crate) const CLASSES_ZH: [&str; 6] = ["标签", "类别", "类", "分类", "意图", "情感"];
pub(crate) const QUESTIONS_ZH: [&str; 7] =
    ["问题", "提问", "题目", "输入", "原文", "指令", "提示词"];
/// Last words of names of what is said of a row and is no answer: whole words, and Chinese endings.
pub(crate) const REMARKS: [&str; 45] = [
    "file",
    "audio",
    "image",
    "video",
    "username",
    "comment",
    "comments",
    "note",
    "notes",
    "remark",
    "remarks",
    "explanation",
    "explanations",
    "rationale",
    "reason",
    "reasons",
    "reasoning",
    "reasoning_content",
    "thinking",
    "thought",
    "thoughts",
    "chain_of_thought",
    "feedback",
    "critique",
    "justification",
    "judgement",
    "judgment",
    "evidence",
    "title",
    "filename",
    "file_name",
    "path",
    "hash",
    "uuid",
    "email",
    "author",
    "annotator",
    "reviewer",
    "date",
    "datetime",
    "timestamp",
    "choices",
    "options",
    "logprobs",
    "system_prompt",
];
pub(crate) const REMARKS_ZH: [&str; 14] = [
    "备注",
    "说明",
    "解释",
    "解析",
    "理由",
    "原因",
    "评语",
    "评论",
    "反馈",
    "思考过程",
    "推理过程",
    "标注人",
    "日期",
    "选项",
];
/// What an output was made into by a tool, which stands beside it.
pub(crate) const TAKEN_OUT: [&str; 6] = [
    "extracted",
    "parsed",
    "processed",
    "normalized",
    "postprocessed",
    "cleaned",
];
/// Names that references often have, and outputs or something else as often.
pub(crate) const OFTEN_REFERENCES: [&str; 13] = [
    "answer_idx",
    "answer_index",
    "answer_key",
    "answer_letter",
    "solution",
    "summary",
    "highlights",
    "abstract",
    "translation",
    "transcript",
    "transcription",
    "caption",
    "摘要",
];
