//! The list of targets, each with the sound inputs that its bounded run changes.

use super::{
    ADAPTER, ENCODER, JUDGEMENTS, LOGS, PROGRAMS, SOUND_ADAPTER, TABLES, adapter, backup,
    chat_template, container, encoder_config, envelope, gguf, import, judgements, markup,
    math_answer, programs, project_part, report_link, safetensors, saved_evaluation, saved_project,
    tokenizer_json, training_log,
};
use assay_rating::envelope::pack;
use assay_report::link::of_packed;

/// A target and the seeds that its bounded run begins from.
pub struct Target {
    /// Its name, as `cargo fuzz run` takes it.
    pub name: &'static str,
    /// What reads the bytes.
    pub run: fn(&[u8]),
    /// Sound inputs.
    pub seeds: Vec<Vec<u8>>,
}

fn named(names: &[&str], name: &str, bytes: &[u8]) -> Vec<u8> {
    let place = names.iter().position(|n| *n == name).unwrap_or(0);
    [&[u8::try_from(place).unwrap_or(0)], bytes].concat()
}

/// All targets.
#[must_use]
pub fn targets() -> Vec<Target> {
    let csv =
        b"prompt,reference,base,tuned\nq,\"a \"\"b\"\" c\",a,b\n\xe9\xa2\x98,\xe7\xad\x94,x,\n";
    let jsonl = b"{\"prompt\": \"q\", \"references\": [\"a\", \"b\"], \"base\": \"x\"}\n{\"prompt\": null}\n";
    let json = b"[{\"prompt\": \"q\", \"reference\": \"a\", \"base\": {\"text\": [1, 2.5, null]}}]";
    let tables = [
        ("a.csv", &csv[..]),
        ("a.tsv", b"reference\tbase\na\tb\n"),
        ("a.jsonl", &jsonl[..]),
        ("a.json", &json[..]),
        ("a.txt", b"one\r\ntwo\n\nthree"),
        (
            "a.csv",
            b"arm,user,converted\nA,1,1\nB,2,0\nA,3,0\nB,4,1\nB,1,0\n",
        ),
        (
            "a.csv",
            b"variant,users,orders,avg_order\nA,1000,120,4.5\nB,1000,1030,4.75\n",
        ),
    ];
    let state = b"{\"log_history\": [{\"step\": 1, \"epoch\": 0.1, \"loss\": 2.5}, {\"step\": 2, \"epoch\": 0.2, \"eval_loss\": NaN}], \"global_step\": 2}";
    let events = include_bytes!("../../crates/training/tests/training/events.out.tfevents.small");
    let logs = [
        ("trainer_state.json", &state[..]),
        ("events.out.tfevents.1", &events[..]),
        (
            "log.txt",
            b"{'loss': 2.5, 'epoch': 0.1}\n{'eval_loss': nan, 'epoch': 0.2}\n",
        ),
        ("metrics.csv", b"step,loss,eval_loss\n1,2.5,\n2,,2.4\n"),
        ("log.jsonl", b"{\"step\": 1, \"loss\": 2.5}\n"),
        (
            "log.jsonl",
            b"{\"loss\": 2.5, \"global_step/max_steps\": \"1/3\", \"elapsed_time\": \"1h 2m 3s\"}\n{\"best_model_checkpoint\": \"a/checkpoint-1\", \"best_metric\": 2.5, \"log_history\": [{}]}\n",
        ),
        (
            "log.txt",
            b"Iter 1: Train loss 2.5, Learning Rate 1e-05\r\x1b[32mIter 2: Val loss nan, Val took 3.1s\n",
        ),
        (
            "log.txt",
            b" [2026-01-01 10:00:00] iteration 1/ 3 | lm loss: 2.5E+00 | loss scale: 1.0 |\n validation loss at iteration 1 on validation set | lm loss value: 2.5E+00 |\n",
        ),
        (
            "log.txt",
            b"Step 1 | loss:2.5 lr:1e-05\n1|2|Loss: 2.5: 50%|# | 2/4 [00:01<00:01]\n",
        ),
        (
            "log.txt",
            b"Epoch(train) [1][2/3]  lr: 1e-05  eta: 0:02:46  loss: 2.5\nstep:1 - train/loss:2.5\n",
        ),
        (
            "log.txt",
            b"Epoch 0: 50%|# | 1/2 [00:01<00:01, v_num=0, train_loss=2.5]\n",
        ),
        (
            "metrics.csv",
            b"\"Step\",\"a - loss\",\"a - loss__MIN\",\"a - loss__MAX\"\n1,2.5,2,3\n",
        ),
        ("run-a-tag-loss.csv", b"Wall time,Step,Value\n1.5,1,2.5\n"),
        ("run-a-tag-loss.json", b"[[1.5, 1, NaN], [2.5, 2, 2.5]]"),
        (
            "all_results.json",
            b"{\"train_loss\": 2.5, \"eval_loss\": NaN, \"epoch\": 3.0}",
        ),
        ("run.zip", include_bytes!("../seeds/run.zip")),
    ];
    let ratings = [
        ("r.csv", &b"annotation_id,annotator,helpful,id,lead_time,model\n1,ann,\"[{\"\"rating\"\": 4}]\",1,5.5,base\n2,ben,\"[{'rating': 2}]\",1,3,base\n"[..]),
        ("r.json", b"[{\"annotator\": 1, \"annotation_id\": 2, \"lead_time\": 1.5, \"id\": 1, \"q\": [{\"rating\": 4}], \"best\": [{\"selected\": \"left\"}]}]"),
        ("r.json", b"[{\"metadata\": \"{\\\"model\\\": \\\"a\\\"}\", \"q\": [{\"user_id\": \"u\", \"value\": 4, \"status\": \"submitted\"}, {\"user_id\": \"v\", \"value\": [{\"rank\": 1, \"value\": \"x\"}, {\"rank\": 2, \"value\": \"y\"}], \"status\": \"submitted\"}]}]"),
        ("r.json", b"{\"q.responses\": [[3, 4]], \"q.responses.users\": [[\"u\", \"v\"]], \"q.responses.status\": [[\"submitted\", \"draft\"]]}"),
        ("r.jsonl", b"{\"question_id\": 81, \"model_1\": \"a\", \"model_2\": \"b\", \"g1_winner\": \"model_1\", \"g2_winner\": \"tie\", \"judge\": [\"g\", \"pair-v2\"], \"turn\": 1}\n{\"question_id\": 81, \"model\": \"a\", \"judge\": [\"g\", \"single-v1\"], \"judgment\": \"[[7]]\", \"score\": 7, \"turn\": 2}\n"),
        ("r.json", b"[{\"instruction\": \"i\", \"output_1\": \"a\", \"generator_1\": \"x\", \"output_2\": \"b\", \"generator_2\": \"y\", \"annotator\": \"j\", \"preference\": 1.7}]"),
        ("r.jsonl", b"{\"text\": \"a\", \"_input_hash\": 1, \"_task_hash\": 2, \"answer\": \"accept\", \"options\": [{\"id\": 1, \"text\": \"4\"}, {\"id\": 2, \"text\": \"5\"}], \"accept\": [2], \"_annotator_id\": \"s-ann\"}\n{\"text\": \"b\", \"_input_hash\": 3, \"answer\": \"reject\", \"label\": \"OK\"}\n"),
        ("r.jsonl", b"{\"id\": 1, \"text\": \"a\", \"label\": [\"4\"], \"Comments\": [], \"model\": \"m\"}\n"),
        ("r.csv", b"id,model_a,model_b,winner_model_a,winner_model_b,winner_tie,turn\n1,x,y,1,0,0,1\n2,x,y,0,0,1,2\n"),
        ("r.csv", b"item,rater,system,fluency,adequacy\n1,ann,base,4,5\n1,ben,tuned,2,\n"),
        ("r.json", b"[{\"id\": 1, \"annotations\": [{\"completed_by\": 1, \"result\": [{\"type\": \"rating\", \"from_name\": \"q\", \"value\": {\"rating\": 4}}]}], \"data\": {\"text\": \"a\"}}]"),
    ];
    let code = [
        ("p.jsonl", &b"{\"task_id\": \"t/0\", \"prompt\": \"def f():\\n\", \"test\": \"assert f()\", \"entry_point\": \"f\", \"completion\": [\"    return 1\", \"\"], \"model\": \"a\"}\n"[..]),
        ("p.csv", b"task_id,prompt,test,entry_point,completion\nt,\"def f():\n\",assert f(),f,    return 1\n"),
    ];
    let links = [
        &include_bytes!("../../crates/rating/tests/rating/envelopes/v1-task.txt")[..],
        include_bytes!("../../crates/rating/tests/rating/envelopes/v4-task.txt"),
        include_bytes!("../../crates/rating/tests/rating/envelopes/v4-invited.txt"),
        include_bytes!("../../crates/rating/tests/rating/envelopes/v5-task.txt"),
    ];
    let content = assay_report::content::Content::default();
    let target = |name, run: fn(&[u8]), seeds| Target { name, run, seeds };
    vec![
        target(
            "import",
            import,
            tables.map(|(n, b)| named(&TABLES, n, b)).to_vec(),
        ),
        target(
            "container",
            container,
            CONTAINERS.map(<[u8]>::to_vec).to_vec(),
        ),
        target("envelope", envelope, links.map(<[u8]>::to_vec).to_vec()),
        target(
            "report_link",
            report_link,
            assay_report::link::bytes(&content)
                .map(|bytes| of_packed(&pack(&bytes)).into_bytes())
                .into_iter()
                .collect(),
        ),
        target(
            "saved_evaluation",
            saved_evaluation,
            vec![SAVED.as_bytes().to_vec()],
        ),
        target(
            "saved_project",
            saved_project,
            vec![b"{\"assay_project\":1,\"project\":{},\"events\":[]}".to_vec()],
        ),
        target(
            "project_part",
            project_part,
            PARTS.map(<[u8]>::to_vec).to_vec(),
        ),
        target(
            "backup",
            backup,
            vec![
                include_bytes!("../../crates/core/tests/backups/v1.zip").to_vec(),
                include_bytes!("../../crates/core/tests/backups/v1-sealed.zip").to_vec(),
            ],
        ),
        target(
            "judgements",
            judgements,
            ratings.map(|(n, b)| named(&JUDGEMENTS, n, b)).to_vec(),
        ),
        target(
            "training_log",
            training_log,
            logs.map(|(n, b)| named(&LOGS, n, b)).to_vec(),
        ),
        target(
            "gguf",
            gguf,
            vec![include_bytes!("../seeds/llama.gguf").to_vec()],
        ),
        target(
            "adapter",
            adapter,
            ADAPTER
                .iter()
                .zip(SOUND_ADAPTER)
                .map(|(name, bytes)| named(&ADAPTER, name, bytes))
                .collect(),
        ),
        target(
            "programs",
            programs,
            code.map(|(n, b)| named(&PROGRAMS, n, b)).to_vec(),
        ),
        target(
            "encoder_config",
            encoder_config,
            vec![ENCODER[0].1.to_vec()],
        ),
        target(
            "chat_template",
            chat_template,
            TEMPLATES.map(|t| t.as_bytes().to_vec()).to_vec(),
        ),
        target(
            "math_answer",
            math_answer,
            ANSWERS.map(|t| t.as_bytes().to_vec()).to_vec(),
        ),
        target(
            "markup",
            markup,
            TEXTS.map(|text| text.as_bytes().to_vec()).to_vec(),
        ),
        target("safetensors", safetensors, vec![ENCODER[2].1.to_vec()]),
        target(
            "tokenizer_json",
            tokenizer_json,
            vec![ENCODER[1].1.to_vec()],
        ),
    ]
}

/// Chat templates in the two usual styles, with what such templates use of Jinja.
const TEMPLATES: [&str; 2] = [
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou help.<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    "{{- bos_token }}\n{%- set ns = namespace(day=strftime_now('%d %b %Y')) %}\n{%- for message in messages %}\n  {%- if message.role not in ['user', 'assistant'] %}{{ raise_exception('roles ' ~ loop.index) }}{% endif %}\n  {{- '<|' + message.role.upper() + '|>' + message.content.strip().split('\n')[-1] | trim }}{{ eos_token }}\n{%- endfor %}\n{%- if add_generation_prompt and ns.day is defined %}{{ '<|ASSISTANT|>' }}{% endif %}",
];

/// References with outputs that use most of what answers are written in.
const ANSWERS: [&str; 4] = [
    "$\\frac{1}{2}$\0The final answer is $\\boxed{0.5}$ and \\(50\\%\\). I hope it is correct.",
    "#### 1,250\0We have 5 * (2 + 3)^2 = 125, so 1250.00 dollars, i.e. answer: 7 1/2",
    "$[0,1)\\cup\\{2\\}$\0$0 \\le x < 1 \\text{ or } x = \\pm\\sqrt[3]{8}$",
    "$\\sum_{i=1}^{n} \\binom{n}{i} x_i^{2}$\0\\begin{pmatrix} \\sin^{-1} x & |y| \\\\ e^{2} & \\log_2 8! \\end{pmatrix}",
];

/// Texts of models that hold most of what is shown in a way of its own.
const TEXTS: [&str; 3] = [
    "<think>\nSo $x^2$.\n</think>\n# Head\n\n1. **a** `b` [c](https://d.example)\n\n| a | b |\n|--|--|\n| 1 | \\(y\\) |\n\n```python\nreturn 1 # c\n```\n\\[\\boxed{\\frac{1}{2}}\\]\n<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": [1, null]}}\n</tool_call>",
    "[{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"a\"}]}, {\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"function\": {\"name\": \"f\", \"arguments\": \"{}\"}}]}]",
    "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n$$\\begin{cases} a & b \\\\ c & d \\end{cases}$$<|im_end|>\n",
];

/// The shape of a saved evaluation; that of a whole one is tested where it is written.
const SAVED: &str = include_str!("../seeds/evaluation.json");

/// Parts of a project on this device: texts of two columns in two rows, a list of contents, and judgements.
const PARTS: [&[u8]; 3] = [
    b"ASSAYTX\x01\x02\0\0\0\x02\0\0\0\0\0\0\0\x02\0\0\0\xc3\xa9\xff\xff\xff\xff\0\0\0\0\x01\0\0\0b",
    b"{\"format\":1,\"name\":null,\"titles\":[\"a.csv\"],\"changed_ms\":0.0,\"removed_ms\":null,\"rows\":2,\"sentences\":[],\"members\":{\"texts\":{\"file\":\"texts-1\",\"bytes\":37,\"sha256\":\"00\"}}}",
    b"\xa1gProjectcabc",
];

/// Containers as the usual tools write them.
const CONTAINERS: [&[u8]; 10] = [
    include_bytes!("../../crates/containers/tests/files/openpyxl.xlsx"),
    include_bytes!("../../crates/containers/tests/files/pandas.ods"),
    include_bytes!("../../crates/containers/tests/files/pyarrow-none.parquet"),
    include_bytes!("../../crates/containers/tests/files/pyarrow-v2-groups.parquet"),
    include_bytes!("../../crates/containers/tests/files/duckdb.parquet"),
    include_bytes!("../../crates/containers/tests/files/pyarrow-none.arrow"),
    include_bytes!("../../crates/containers/tests/files/polars.arrow"),
    include_bytes!("../../crates/containers/tests/files/xlwt.xls"),
    include_bytes!("../../crates/containers/tests/files/map.parquet"),
    include_bytes!("../seeds/run.zip"),
];
