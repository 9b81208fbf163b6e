//! Names of columns in English and Chinese, in lower case with `_` between words, and what they say of a column.

use crate::roles::Role;

/// Of ids.
pub(crate) const ID: &[&str] = &[
    "id",
    "idx",
    "index",
    "uid",
    "key",
    "doc_id",
    "example_id",
    "task_id",
    "segment_id",
    "seg_id",
    "row_id",
    "question_id",
    "prompt_id",
    "custom_id",
    "编号",
    "序号",
];
/// Of prompts and other sources.
pub(crate) const SOURCE: &[&str] = &[
    "source",
    "src",
    "prompt",
    "input",
    "input_text",
    "question",
    "query",
    "instruction",
    "user_input",
    "origin_prompt",
    "context",
    "document",
    "article",
    "原文",
    "提示",
    "提示词",
    "问题",
    "输入",
    "指令",
    "源文",
    "题目",
];
/// Of references.
pub(crate) const REFERENCE: &[&str] = &[
    "reference",
    "references",
    "ref",
    "refs",
    "target",
    "targets",
    "gold",
    "golden",
    "ground_truth",
    "groundtruth",
    "answer",
    "answers",
    "expected",
    "expected_output",
    "__expected",
    "参考",
    "参考译文",
    "参考答案",
    "标准答案",
    "答案",
    "目标",
    "参考文本",
];
/// Of true classes.
pub(crate) const LABEL: &[&str] = &[
    "label",
    "labels",
    "class",
    "true_label",
    "gold_label",
    "y_true",
    "标签",
    "真实标签",
    "类标",
];
/// True classes where predicted ones are there; without them the words say too little.
pub(crate) const ACTUAL: &[&str] = &["actual", "truth", "true", "真实", "实际"];
/// Of predicted classes.
pub(crate) const PREDICTION: &[&str] = &[
    "pred",
    "preds",
    "predicted",
    "predicted_label",
    "y_pred",
    "预测",
    "预测标签",
    "预测结果",
];
/// What is classified, where classes are there.
pub(crate) const TEXT: &[&str] = &["text", "sentence", "content", "文本", "句子", "内容"];
/// Of outputs that are named after no system.
pub(crate) const OUTPUT: &[&str] = &[
    "predict",
    "prediction",
    "predictions",
    "hyp",
    "hypothesis",
    "hypotheses",
    "output",
    "response",
    "模型输出",
    "译文",
];
/// Of properties to group rows by.
pub(crate) const SLICE: &[&str] = &[
    "domain",
    "category",
    "language",
    "lang",
    "task",
    "type",
    "topic",
    "difficulty",
    "level",
    "dataset",
    "split",
    "subject",
    "genre",
    "resolved",
    "generator",
    "version",
    "metric",
    "mode",
    "model",
    "model_name",
    "领域",
    "语言",
    "类别",
    "类型",
    "难度",
    "主题",
    "任务",
    "场景",
    "是否解决",
];
/// Of what nothing is done with.
pub(crate) const NOISE: &[&str] = &[
    "doc",
    "arguments",
    "resps",
    "metadata",
    "retrieved_contexts",
    "doc_hash",
    "prompt_hash",
    "target_hash",
    "filter",
    "metrics",
    "url",
    "timestamp",
    "备注",
];

/// First parts of nested names that say what is inside: `outputs.answer`, `inputs.question`.
pub(crate) const NESTED: [(&[&str], Role); 3] = [
    (&["reference_outputs", "expected_outputs"], Role::Reference),
    (
        &["output", "outputs", "response", "prediction"],
        Role::Hypothesis,
    ),
    (&["input", "inputs"], Role::Source),
];
/// Last words of names that say where a reference is from, and not what it is.
pub(crate) const ABOUT: &[&str] = &[
    "url", "urls", "link", "links", "doc", "docs", "document", "id", "ids", "page", "file",
    "title", "context", "contexts",
];

/// Cells that say yes or no.
pub(crate) const BOOLEANS: &[&str] = &["true", "false", "yes", "no", "是", "否"];

/// Parts of names of numbers that measure something, and are no system's answers.
pub(crate) const MEASURES: &[&str] = &[
    "score",
    "scores",
    "judge",
    "rating",
    "latency",
    "time",
    "seconds",
    "ms",
    "length",
    "len",
    "count",
    "tokens",
    "cost",
    "price",
    "loss",
    "confidence",
    "prob",
    "probability",
    "rank",
    "step",
    "epoch",
    "index",
    "得分",
    "评分",
    "分数",
    "长度",
    "时间",
    "延迟",
    "费用",
];
