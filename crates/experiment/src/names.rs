//! Names that columns of trials go by, in English and Chinese.

/// Names of the column that names the arm.
pub(crate) const ARM: [&str; 26] = [
    "arm",
    "variant",
    "group",
    "bucket",
    "condition",
    "treatment",
    "experiment_group",
    "ab_group",
    "assignment",
    "variation",
    "variation_id",
    "variation_name",
    "variant_id",
    "variant_name",
    "test_group",
    "experiment_arm",
    "分组",
    "组别",
    "实验组",
    "版本",
    "变体",
    "variante",
    "gruppe",
    "testgruppe",
    "groupe",
    "grupo",
];
/// Names that trials share with tables of outputs.
pub(crate) const SYSTEM: [&str; 6] = ["system", "model", "model_name", "系统", "模型", "version"];
/// Names of the column that names the unit of a row.
pub(crate) const UNIT: [&str; 31] = [
    "user",
    "user_id",
    "userid",
    "uid",
    "unit",
    "unit_id",
    "customer",
    "customer_id",
    "session",
    "session_id",
    "task",
    "task_id",
    "case_id",
    "ticket",
    "ticket_id",
    "request_id",
    "visitor_id",
    "visitorid",
    "anonymous_id",
    "distinct_id",
    "member_id",
    "account_id",
    "device_id",
    "client_id",
    "subject_id",
    "participant_id",
    "用户id",
    "用户编号",
    "会话",
    "用户",
    "任务",
];
/// Names of the column of the time.
pub(crate) const TIME: [&str; 9] = [
    "time",
    "timestamp",
    "date",
    "day",
    "datetime",
    "created_at",
    "ts",
    "时间",
    "日期",
];
/// Names of the column of totals that holds the number of units.
pub(crate) const TOTAL: [&str; 23] = [
    "users",
    "n",
    "total",
    "visitors",
    "sessions",
    "units",
    "trials",
    "visits",
    "participants",
    "exposures",
    "n_users",
    "sample_size",
    "访客数",
    "人数",
    "样本量",
    "impressions",
    "用户数",
    "总数",
    "nutzer",
    "besucher",
    "utilisateurs",
    "visiteurs",
    "usuarios",
];
/// Parts of names of what was known before.
pub(crate) const BEFORE: [&str; 5] = ["pre_", "prior", "before", "previous", "之前"];
/// Parts of names of speeds.
pub(crate) const SPEED: [&str; 6] = ["per_s", "/s", "tps", "throughput", "tok_s", "吞吐"];
/// Parts of names of times and sizes.
pub(crate) const RESOURCE: [&str; 14] = [
    "latency",
    "ttft",
    "time_to_first",
    "duration",
    "response_time",
    "_ms",
    "seconds",
    "_s",
    "memory",
    "vram",
    "_mb",
    "_gb",
    "延迟",
    "耗时",
];
/// Parts of names of costs.
pub(crate) const COST: [&str; 7] = ["cost", "price", "usd", "dollar", "eur", "费用", "成本"];
/// Parts of names of averages and rates, which no number of units makes out of sums.
pub(crate) const AVERAGE: [&str; 24] = [
    "avg", "average", "mean_", "_mean", "median", "_rate", "_ratio", "_pct", "percent", "_share",
    "per_user", "_cvr", "_ctr", "arpu", "_score", "_rating", "csat", "p50", "p95", "p99", "平均",
    "率", "占比", "比例",
];
/// The same as whole names.
pub(crate) const AVERAGES: [&str; 10] = [
    "rate", "ratio", "share", "mean", "score", "rating", "cvr", "ctr", "nps", "pct",
];
/// Names that only tables of outputs, of classes or of ratings have.
pub(crate) const OTHERS: [&str; 22] = [
    "reference",
    "references",
    "prediction",
    "predictions",
    "pred",
    "predicted",
    "hypothesis",
    "output",
    "response",
    "completion",
    "label",
    "labels",
    "gold",
    "target",
    "y_true",
    "y_pred",
    "rater",
    "annotator",
    "judge",
    "标注员",
    "标签",
    "参考",
];
/// Names of columns that say in words what came of it.
pub(crate) const OUTCOME: [&str; 12] = [
    "outcome",
    "status",
    "result",
    "resolution",
    "state",
    "disposition",
    "verdict",
    "grade",
    "结果",
    "状态",
    "结论",
    "处理结果",
];
/// Parts of names of what is better rare.
pub(crate) const WORSE: [&str; 18] = [
    "escalat",
    "error",
    "fail",
    "churn",
    "abandon",
    "bounce",
    "refund",
    "complaint",
    "timeout",
    "cancel",
    "unsubscrib",
    "crash",
    "transfer",
    "retries",
    "handoff",
    "转人工",
    "投诉",
    "退款",
];

/// Whether a column of this name counts units, so that it has no decimals. A `total` may be an amount of money.
pub(crate) fn counts_units(name: &str) -> bool {
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    name != "total" && TOTAL.contains(&name.as_str())
}

/// Whether a name holds one of these parts; one that begins with `_` has to stand at its end.
pub(crate) fn has(name: &str, parts: &[&str]) -> bool {
    let name = name.to_lowercase();
    parts.iter().any(|part| {
        if part.starts_with('_') {
            name.ends_with(part)
        } else {
            name.contains(part)
        }
    })
}
