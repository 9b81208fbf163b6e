//! Layouts of tables as tools write them: each is understood without a touch.

use assay_data::import::{Imported, Importer};
use assay_data::{DataSet, Role};

fn import(file: &str, text: &str) -> Imported {
    let mut importer = Importer::new(file);
    importer.push(text.as_bytes()).unwrap();
    importer.finish().unwrap()
}

fn data(file: &str, text: &str) -> DataSet {
    DataSet::join(vec![import(file, text)]).unwrap()
}

/// The names of the columns of a role.
fn named(data: &DataSet, role: Role) -> Vec<&str> {
    let columns = data.columns_with(role).into_iter();
    columns.map(|c| data.table.names()[c].as_str()).collect()
}

/// Prompts, references and systems.
fn parts(data: &DataSet) -> [Vec<&str>; 3] {
    [Role::Source, Role::Reference, Role::Hypothesis].map(|role| named(data, role))
}

#[test]
fn llama_factorys_label_is_the_reference_and_its_runs_are_named_by_their_folders() {
    let line = |predict: &str| {
        format!(
            "{{\"prompt\": \"为什么会下雨？\", \"predict\": \"{predict}\", \"label\": \"因为水汽凝结成云，云里的水滴变大后落下。\"}}\n\
             {{\"prompt\": \"天为什么是蓝的？\", \"predict\": \"{predict}了\", \"label\": \"因为空气分子更多地散射波长较短的蓝光。\"}}\n\
             {{\"prompt\": \"海为什么是咸的？\", \"predict\": \"{predict}吗\", \"label\": \"因为河水不断把岩石里的盐带进海里。\"}}\n"
        )
    };
    let files = ["base", "lora"].map(|run| {
        let path = format!("{run}/generated_predictions.jsonl");
        import(&path, &line(run))
    });
    let data = DataSet::join(files.into()).unwrap();
    let expected = [vec!["prompt"], vec!["label"], vec!["base", "lora"]];
    assert_eq!(parts(&data), expected);
}

#[test]
fn alpacas_output_is_the_reference_beside_outputs_of_systems() {
    let text = "instruction,input,output,base_output,lora_output\nSay hi,,Hi,Hello,Hi!\nSay bye,,Bye,No,Bye\n";
    let data = data("alpaca.csv", text);
    let expected = [
        vec!["instruction", "input"],
        vec!["output"],
        vec!["base_output", "lora_output"],
    ];
    assert_eq!(parts(&data), expected);
}

#[test]
fn outputs_of_alpaca_eval_are_named_by_their_generator() {
    let file = |generator: &str| {
        let text = format!(
            r#"[{{"instruction": "Say hi", "output": "{generator} hi", "generator": "{generator}"}},
                {{"instruction": "Say bye", "output": "{generator} bye", "generator": "{generator}"}}]"#
        );
        import("model_outputs.json", &text)
    };
    let data = DataSet::join(vec![file("gpt-base"), file("gpt-tuned")]).unwrap();
    assert_eq!(named(&data, Role::Hypothesis), ["gpt-base", "gpt-tuned"]);
}

#[test]
fn names_in_camel_case_and_of_nested_columns_are_read() {
    let langfuse = data(
        "langfuse.csv",
        "id,input,output,expectedOutput\n1,Why?,It is so.,So it is.\n2,Who?,It was me.,I was it.\n",
    );
    let expected = [vec!["input"], vec!["expectedOutput"], vec!["output"]];
    assert_eq!(parts(&langfuse), expected);
    let langsmith = data(
        "runs.csv",
        "id,inputs.question,reference_outputs.answer,outputs.answer,outputs.tokens,outputs.meta.model\n\
         1,Why?,So.,It is so.,12,m\n2,Who?,I.,It was me.,15,m\n",
    );
    let expected = [
        vec!["inputs.question"],
        vec!["reference_outputs.answer"],
        vec!["outputs.answer"],
    ];
    assert_eq!(parts(&langsmith), expected);
}

#[test]
fn where_a_reference_is_from_is_no_reference() {
    let data = data(
        "qa.csv",
        "question,reference,reference_url,reference_doc,base\nWhy?,So.,https://x.org/1,page 1,It is so.\nWho?,I.,https://x.org/2,page 2,Me.\n",
    );
    assert_eq!(named(&data, Role::Reference), ["reference"]);
    assert_eq!(named(&data, Role::Hypothesis), ["base"]);
}

#[test]
fn texts_with_references_are_outputs_though_a_column_is_called_task_or_correct() {
    let data = data(
        "outputs.csv",
        "task,question,reference,base,tuned,correct\nqa,Why?,So.,No.,So it is.,true\nqa,Who?,I.,You.,I am.,false\n",
    );
    assert_eq!(data.table.rows(), 2);
    assert_eq!(named(&data, Role::Hypothesis), ["base", "tuned"]);
}

#[test]
fn numbers_beside_numbers_are_answers_unless_they_measure() {
    let data = data(
        "math.csv",
        "question,answer,base,tuned,latency_ms\n1+1,2,3,2,120\n2+2,4,4,4,95\n",
    );
    assert_eq!(named(&data, Role::Hypothesis), ["base", "tuned"]);
    assert_eq!(named(&data, Role::Number), ["latency_ms"]);
}

#[test]
fn what_is_classified_is_no_system() {
    let data = data(
        "preds.csv",
        "text,actual,predicted\na b,spam,spam\nc d,ham,spam\n",
    );
    assert_eq!(parts(&data), [vec!["text"], vec![], vec![]]);
    assert_eq!(named(&data, Role::Label), ["actual"]);
    assert_eq!(named(&data, Role::Prediction), ["predicted"]);
}

#[test]
fn texts_of_squads_answers_are_references() {
    let text = r#"[{"id": "a", "question": "Capital?", "answers": {"text": ["Paris", "paris"], "answer_start": [3, 9]}, "prediction": "Paris it is"},
        {"id": "b", "question": "River?", "answers": {"text": ["Seine"], "answer_start": [7]}, "prediction": "the Seine"}]"#;
    let data = data("squad.json", text);
    assert_eq!(data.references(0), ["Paris", "paris"]);
    assert_eq!(data.references(1), ["Seine"]);
    assert_eq!(named(&data, Role::Number), Vec::<&str>::new());
}

#[test]
fn an_object_of_objects_is_a_row_each() {
    let text = r#"{"0": {"origin_prompt": [{"role": "HUMAN", "prompt": "Why?"}], "prediction": "So it is", "gold": "So."},
        "1": {"origin_prompt": [{"role": "HUMAN", "prompt": "Who?"}], "prediction": "Me", "gold": "I."}}"#;
    let data = data("demo_qa.json", text);
    let expected = [vec!["origin_prompt"], vec!["gold"], vec!["prediction"]];
    assert_eq!(parts(&data), expected);
    assert_eq!(data.table.cell(0, 1), Some("1"));
}

#[test]
fn a_batch_is_joined_with_its_questions_by_the_requests_id() {
    let line = |id: u8, text: &str| {
        format!(
            "{{\"id\": \"r{id}\", \"custom_id\": \"q-{id}\", \"response\": {{\"status_code\": 200, \"body\": \
             {{\"model\": \"my-tuned\", \"choices\": [{{\"index\": 0, \"message\": {{\"role\": \"assistant\", \
             \"content\": \"{text}\"}}}}]}}}}, \"error\": null}}\n"
        )
    };
    let batch = [line(2, "two it is"), line(1, "one it is")].concat();
    let questions = "custom_id,question,reference\nq-1,One?,one\nq-2,Two?,two\n";
    let files = vec![
        import("questions.csv", questions),
        import("batch.jsonl", &batch),
    ];
    let data = DataSet::join(files).unwrap();
    let systems = data.systems();
    assert_eq!(systems[0].1, "my-tuned");
    assert_eq!(data.hypothesis(systems[0].0, 0), "one it is");
}

#[test]
fn numbers_that_json_lacks_are_missing_and_their_rows_are_kept() {
    let text = "{\"id\": 0, \"reference\": \"NaN is a text here\", \"judge\": NaN}\n\
        {\"id\": 1, \"reference\": \"b\", \"judge\": -Infinity}\n{\"id\": 2, \"reference\": \"c\", \"judge\": 0.5}\n";
    let imported = import("outputs.jsonl", text);
    assert_eq!((imported.table.rows(), imported.problem_count), (3, 0));
    assert_eq!(imported.table.cell(1, 0), Some("NaN is a text here"));
    let judged: Vec<_> = (0..3).map(|row| imported.table.cell(2, row)).collect();
    assert_eq!(judged, [None, None, Some("0.5")]);
}

#[test]
fn what_begins_with_a_bracket_is_an_array_whatever_the_ending() {
    for text in [
        "[\n  {\"a\": \"x\"},\n  {\"a\": \"y\"}\n]\n",
        "[{\"a\": \"x\"}, {\"a\": \"y\"}]",
    ] {
        assert_eq!(import("outputs.jsonl", text).table.rows(), 2);
    }
}

#[test]
fn a_first_line_of_excel_names_the_delimiter() {
    let imported = import("excel.csv", "sep=;\r\nid;a, b;c\r\n1;x;y\r\n2;short\r\n");
    assert_eq!(imported.table.names(), ["id", "a, b", "c"]);
    assert_eq!((imported.table.rows(), imported.problems[0].line), (1, 4));
}

#[test]
fn ids_join_as_numbers_and_ids_of_other_columns_do_not_shift_rows() {
    let test = || {
        import(
            "test.csv",
            "id,question,reference\n1,A?,a\n2,B?,b\n3,C?,c\n",
        )
    };
    let decimal = import("tuned.csv", "id,output\n3.0,cc c\n1.0,aa a\n2.0,bb b\n");
    let data = DataSet::join(vec![test(), decimal]).unwrap();
    assert_eq!(data.hypothesis(data.systems()[0].0, 0), "aa a");
    // An index from 0 beside ids from 1: the same rows in the same order.
    let index = import("tuned.csv", "index,output\n0,aa a\n1,bb b\n2,cc c\n");
    let data = DataSet::join(vec![test(), index]).unwrap();
    assert_eq!(data.hypothesis(data.systems()[0].0, 0), "aa a");
    assert_eq!(data.unmatched_rows, 0);
}

#[test]
fn a_number_that_overflows_stays_text_and_costs_nothing_else() {
    let line = |id: u8, score: &str| {
        format!(
            "{{\"id\": {id}, \"reference\": \"a b {id}\", \"base\": \"a c {id}\", \"judge\": {score}}}\n"
        )
    };
    let text = ["0.5", "1e999", "-1e400", "NaN"]
        .iter()
        .zip(0..)
        .map(|(s, id)| line(id, s));
    let data = data("a.jsonl", &text.collect::<String>());
    assert_eq!((data.table.rows(), data.problem_count), (4, 0));
    let judge = data
        .table
        .names()
        .iter()
        .position(|n| n == "judge")
        .unwrap();
    let cells: Vec<Option<&str>> = data.table.column(judge).iter().collect();
    assert_eq!(cells, [Some("0.5"), Some("1e999"), Some("-1e400"), None]);
}
