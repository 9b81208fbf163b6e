//! What the page opens, as named tiles: each shows how such a file begins.

use crate::shell::context::use_page;
use yew::prelude::*;

/// A tool or kind of file, and how such a file begins.
struct Format {
    name: &'static str,
    file: &'static str,
    beginning: &'static str,
}

/// Names and layouts are the tools' own, so they are the same in every language.
const FORMATS: [Format; 16] = [
    Format {
        name: "LLaMA-Factory",
        file: "generated_predictions.jsonl",
        beginning: "{\"prompt\": \"Where is my parcel?\", \"predict\": \"It left today.\", \"label\": \"It left this morning.\"}",
    },
    Format {
        name: "ms-swift",
        file: "infer_result.jsonl",
        beginning: "{\"messages\": [{\"role\": \"user\", \"content\": \"你好\"}], \"response\": \"您好！\", \"labels\": \"您好，请问需要什么帮助？\"}",
    },
    Format {
        name: "lm-evaluation-harness",
        file: "samples_gsm8k_2026-01-01.jsonl",
        beginning: "{\"doc_id\": 0, \"target\": \"#### 18\", \"filtered_resps\": [\"18\"], \"filter\": \"strict-match\", \"exact_match\": 1.0}",
    },
    Format {
        name: "OpenCompass",
        file: "predictions/qwen-7b/ceval.json",
        beginning: "{\"0\": {\"origin_prompt\": \"…\", \"prediction\": \"选 B\", \"gold\": \"B\"}}",
    },
    Format {
        name: "evalscope",
        file: "reviews/qwen-7b/gsm8k_main.jsonl",
        beginning: "{\"index\": 0, \"sample_score\": {\"score\": {\"value\": {\"acc\": 1.0}, \"extracted_prediction\": \"18\"}}, \"target\": \"18\"}",
    },
    Format {
        name: "Inspect",
        file: "2026-01-01_task.eval",
        beginning: "{\"id\": 1, \"input\": \"…\", \"target\": \"B\", \"output\": {\"completion\": \"B\"}, \"scores\": {\"match\": {\"value\": \"C\"}}}",
    },
    Format {
        name: "promptfoo",
        file: "output.json",
        beginning: "{\"results\": {\"results\": [{\"provider\": {\"id\": \"base\"}, \"vars\": {\"q\": \"…\"}, \"response\": {\"output\": \"…\"}, \"success\": true}]}}",
    },
    Format {
        name: "OpenAI batch",
        file: "batch_output.jsonl",
        beginning: "{\"custom_id\": \"row-1\", \"response\": {\"body\": {\"choices\": [{\"message\": {\"content\": \"It left today.\"}}]}}}",
    },
    Format {
        name: "messages, conversations",
        file: "chats.jsonl",
        beginning: "{\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}, {\"role\": \"assistant\", \"content\": \"Hi!\"}]}",
    },
    Format {
        name: "Hugging Face",
        file: "train-00000.parquet",
        beginning: "question: string, answer: string, prediction: string",
    },
    Format {
        name: "Excel",
        file: "outputs.xlsx",
        beginning: "prompt\treference\tbase\tfinetuned",
    },
    Format {
        name: "CSV, TSV",
        file: "outputs.csv",
        beginning: "prompt,reference,base,finetuned\nWhere is my parcel?,It left this morning.,I can't say.,It left today.",
    },
    Format {
        name: "Plain text",
        file: "base.txt, finetuned.txt, reference.txt",
        beginning: "It left this morning.\nYou can reset it in the settings.",
    },
    Format {
        name: "Training logs",
        file: "trainer_log.jsonl, trainer_state.json, events.out.tfevents…",
        beginning: "{\"current_steps\": 10, \"total_steps\": 200, \"loss\": 1.82, \"learning_rate\": 5e-05}",
    },
    Format {
        name: "Label Studio, Argilla",
        file: "project-1.json",
        beginning: "[{\"data\": {\"item\": \"12\"}, \"annotations\": [{\"completed_by\": 1, \"result\": [{\"value\": {\"rating\": 4}}]}]}]",
    },
    Format {
        name: "A/B tests",
        file: "experiment.csv",
        beginning: "user,arm,resolved,rating,latency_s\nu1,base,0,3,1.9\nu2,finetuned,1,5,1.4",
    },
];

/// The tiles; the one that is chosen shows its sample.
#[function_component]
pub fn Formats() -> Html {
    let page = use_page();
    let t = &*page.locale;
    let chosen = use_state(|| None::<usize>);
    let tiles = FORMATS.iter().enumerate().map(|(place, format)| {
        let is_chosen = *chosen == Some(place);
        let choose = {
            let chosen = chosen.clone();
            Callback::from(move |_: MouseEvent| chosen.set((!is_chosen).then_some(place)))
        };
        html! {
            <li><button class="tile" aria-expanded={is_chosen.to_string()} aria-controls="format-sample" onclick={choose}>{ format.name }</button></li>
        }
    });
    html! {
        <section id="formats">
            <h2>{ t.text("formats") }</h2>
            <p class="hint">{ t.text("formats-hint") }</p>
            <ul class="plain tiles">{ for tiles }</ul>
            <div id="format-sample" aria-live="polite">
                if let Some(format) = chosen.and_then(|place| FORMATS.get(place)) {
                    <p class="hint">{ format.file }</p>
                    <pre>{ format.beginning }</pre>
                }
            </div>
        </section>
    }
}
