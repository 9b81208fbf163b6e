//! Texts as what they show: Markdown, programs, formulas, JSON, conversations, reasoning, scripts from right to left; and
//! as they are.

use crate::browser::{Browser, Site};
use crate::files::file;
use crate::words::Words;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Rows that hold most of what is shown in a way of its own.
pub(crate) fn texts() -> PathBuf {
    let chat = json!([
        {"role": "system", "content": "You are a careful weather assistant."},
        {"role": "user", "content": "How warm is it in Bern, and should I take a coat?"},
        {"role": "assistant", "content": null, "tool_calls": [{"type": "function",
            "function": {"name": "get_weather", "arguments": "{\"city\": \"Bern\", \"unit\": \"celsius\"}"}}]},
        {"role": "tool", "name": "get_weather", "content": "{\"temperature\": 4, \"wind\": {\"speed\": 30, \"from\": \"NW\"}, \"warnings\": []}"},
    ]);
    let markdown = "## Answer\n\n**Take a coat**: it is only *4 °C*.\n\n1. Wind from the north-west\n2. Feels like `0 °C`\n\n| hour | °C |\n|---|---|\n| 9 | 4 |\n| 15 | 6 |\n\n> Forecasts change. See [the service](https://weather.example/).";
    let code = "Here is the function:\n\n```python\ndef mean(xs):\n    # nothing for an empty list\n    return sum(xs) / len(xs) if xs else None\n```\n\n<b>HTML stays text</b> <script>document.title = 'taken over'</script>";
    let thought = "<think>\nThe roots of \\(x^2 - 3x + 2\\) multiply to 2 and add to 3.\n\nSo they are 1 and 2.\n</think>\n\nBy the quadratic formula\n\n\\[x = \\frac{3 \\pm \\sqrt{9 - 8}}{2}\\]\n\nthe roots are $x_1 = 1$ and $x_2 = 2$, so the answer is $\\boxed{2}$.";
    let derived = "$$\\begin{aligned} x^2 - 3x + 2 &= 0 \\\\ (x-1)(x-2) &= 0 \\end{aligned}$$ so $\\boxed{2}$. It costs $5.";
    let record = json!({"status": "ok", "items": (0..30).map(|i| json!({"id": i, "name": format!("item {i}"), "tags": ["a", "b"]})).collect::<Vec<_>>()});
    let call = "Let me look.\n<tool_call>\n{\"name\": \"search\", \"arguments\": {\"q\": \"coat\"}}\n</tool_call>";
    let arabic = "- أولاً: اتصل بالرقم (ABC-123).\n- ثانياً: انتظر **الرد**.";
    let hebrew = "שלום! הקוד הוא `ABC-123`, והמחיר $5.";
    let chinese = "**建议**：多喝水，注意休息。\n\n1. 测量体温\n2. 如超过 38.5 °C，请就医";
    let rows = [
        json!({"prompt": chat.to_string(), "reference": "Take a coat: it is 4 °C with wind.", "base": "It is warm.", "tuned": markdown}),
        json!({"prompt": "Write a function that computes a mean.", "reference": code, "base": "def mean(xs): return sum(xs)/len(xs)", "tuned": code}),
        json!({"prompt": "Solve x^2 - 3x + 2 = 0 for the larger root.", "reference": "2", "base": derived, "tuned": thought}),
        json!({"prompt": "List the items as JSON.", "reference": "thirty items", "base": record.to_string(), "tuned": call}),
        json!({"prompt": "اكتب التعليمات", "reference": arabic, "base": hebrew, "tuned": arabic}),
        json!({"prompt": "发烧怎么办？", "reference": "多喝水，注意休息，必要时就医。", "base": "轻微发热属于正常现象。", "tuned": chinese}),
        json!({"prompt": "Say something plain.", "reference": "Drink plenty of fluids and rest at home until the fever is gone.", "base": "Drink a lot of water and rest at home until it is gone.", "tuned": "Drink plenty of fluids and rest until the fever has gone."}),
    ];
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    file("texts.jsonl", &lines.join("\n"))
}

/// Opens the examples of these texts.
pub(crate) async fn open(b: &Browser, site: &Site) {
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&texts()).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/examples?row=1'").await;
    b.until("document.querySelector('#detail .markup')").await;
}

/// Goes to a row, and waits until it is there.
pub(crate) async fn row(b: &Browser, row: usize) {
    b.js(&format!("location.hash = '#/examples?row={row}'"))
        .await;
    b.until(&format!(
        "document.querySelector('#detail h2')?.innerText == '#{row}'"
    ))
    .await;
}

#[tokio::test]
async fn texts_are_read_as_what_they_show_and_never_as_elements_of_their_own() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    open(b, &site).await;

    // A conversation with a call of a tool and its result, and an answer in Markdown.
    b.until("document.querySelectorAll('#detail dd .turn').length == 4")
        .await;
    b.shows("#detail dd .turn.user .speaker", en.text("speaker-user"))
        .await;
    b.shows("#detail dd .tool-call", "get_weather").await;
    b.until("document.querySelector('#detail dd .tool-result .json')")
        .await;
    for part in ["strong", "ol li", "table td", "blockquote a[rel~=noopener]"] {
        b.until(&format!(
            "document.querySelector('#detail .output .markup {part}')"
        ))
        .await;
    }
    // The text as it is, by a click, and kept for the next row.
    b.click("#read-text").await;
    b.until("!document.querySelector('#detail .markup')").await;
    b.click("#mark-plain").await;
    b.shows("#detail .output .prose", "**Take a coat**").await;
    row(b, 2).await;
    b.until("!document.querySelector('#detail .markup')").await;
    b.press("r").await;
    b.until("document.querySelector('#detail .output pre .keyword')")
        .await;

    // HTML in a text is text.
    b.shows("#detail .output", "<b>HTML stays text</b>").await;
    assert_eq!(
        b.count("#detail .markup script, #detail .markup b").await,
        0
    );
    assert_ne!(b.js("return document.title").await, "taken over");

    // Reasoning is folded, and formulas are drawn as formulas.
    row(b, 3).await;
    b.until("document.querySelector('#detail .output details.reasoning:not([open])')")
        .await;
    b.until("document.querySelector('#detail .output mfrac')")
        .await;
    let drawn = "const math = document.querySelector('#detail .output math[display=block]'); \
                 return math.namespaceURI + ' ' + (math.getBoundingClientRect().height > 20)";
    let drawn = b.js(drawn).await;
    assert_eq!(drawn, "http://www.w3.org/1998/Math/MathML true");
    b.until("document.querySelector('#detail .output mrow.framed')")
        .await;
    b.shows("#detail .output", "It costs $5.").await;

    // JSON folds.
    row(b, 4).await;
    b.until("document.querySelectorAll('#detail .output .json details').length > 30")
        .await;
    b.until("document.querySelector('#detail .output .json details:not([open])')")
        .await;

    // Scripts from right to left begin at the right.
    row(b, 5).await;
    let aligned = "return getComputedStyle(document.querySelector('#detail .output.output li, #detail .card li')).direction";
    assert_eq!(b.js(aligned).await, "rtl");
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn outputs_are_compared_with_the_reference_or_with_each_other() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    open(b, &site).await;
    row(b, 7).await;
    // Nothing in it but words: what differs from the reference is shown, with words apart.
    b.until("document.querySelector('#detail .differences ins')")
        .await;
    let gone =
        "return [...document.querySelectorAll('#detail .differences del')].map(e => e.innerText)";
    let gone = b.js(gone).await;
    let gone = gone.as_array().unwrap();
    let begins_with_a_word = |words: &Value| {
        let words = words.as_str().unwrap();
        !words.is_empty() && words.trim_start() == words
    };
    assert!(gone.iter().all(begins_with_a_word), "{gone:?}");
    b.set("#against", "0").await;
    let missing = en.text_with("missing-mark-system", &[("system", "base")]);
    b.shows("#detail .hint", missing).await;
    // The system itself has no marks.
    b.until("document.querySelectorAll('#detail .output')[0].querySelector('ins, del') == null")
        .await;
    b.until("document.querySelectorAll('#detail .output')[1].querySelector('ins')")
        .await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn rows_follow_buttons_arrows_and_swipes_and_heads_sort() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    open(b, &site).await;
    let place = |place: &str| en.text_with("place-of-total", &[("place", place), ("total", "7")]);
    b.shows("#place", place("1")).await;
    b.until("document.querySelector('#previous').disabled")
        .await;
    b.click("#next").await;
    b.shows("#place", place("2")).await;
    b.js(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))",
    )
    .await;
    b.shows("#place", place("3")).await;
    let swipe = "const pane = document.querySelector('#detail'); \
                 for (const [type, x] of [['pointerdown', 300], ['pointerup', 420]]) \
                 pane.dispatchEvent(new PointerEvent(type, {pointerType: 'touch', clientX: x, clientY: 200, bubbles: true}))";
    b.js(swipe).await;
    b.shows("#place", place("2")).await;
    b.click("#sort-score").await;
    b.until("location.hash.includes('order=lowest')").await;
    b.click("#sort-score").await;
    b.until("location.hash.includes('order=highest')").await;
    b.js("location.hash = '#/examples?system=1'").await;
    b.click("#row-better").await;
    b.until("location.hash.includes('against=better')").await;
    b.click("#sort-change").await;
    b.until("location.hash.includes('order=drop')").await;
    b.until("document.querySelector('.list .item .better')")
        .await;
    assert_eq!(b.count(".list .item .worse").await, 0);
    b.assert_clean(&site.origin).await;
}
