use super::{ChatError, ChatTemplate};

fn prompt(source: &str) -> Result<String, ChatError> {
    ChatTemplate::of_source(source, "<s>", "</s>")?.prompt("Why?")
}

#[test]
fn blocks_that_mark_what_a_model_wrote_are_written_as_they_are() {
    let source = "{% for m in messages %}\n{{ m.role }}: {%- generation %}\n[{{ m.content }}]\n\
        {%- endgeneration -%}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}";
    assert_eq!(prompt(source).unwrap(), "user:[Why?]assistant:");
}

#[test]
fn a_plus_adds_texts_numbers_and_lists_as_jinja_does() {
    let source = "{% macro twice(x) %}{{ x + x }}{% endmacro %}\
        {% set ns = namespace(all=[]) %}\
        {% for m in messages %}{% set ns.all = ns.all + [m] + [{'role': 'system'}] %}{% endfor %}\
        {{ bos_token + ns.all[0]['content'] + eos_token }} {{ 1 + 2.5 }} {{ 1 + 2 }} \
        {{ ns.all[-1].role }} {{ (ns.all + ns.all)|length }} {{ twice('a') }} \
        {% block end %}{{ 'b' + 'c' }}{% endblock %}";
    assert_eq!(prompt(source).unwrap(), "<s>Why?</s> 3.5 3 system 4 aa bc");
    let wrong = prompt("{{ 'a' + 1 }}");
    assert!(matches!(wrong, Err(ChatError::Template(_))), "{wrong:?}");
}

#[test]
fn jumps_arrive_where_they_did() {
    let source = "{% for k, v in {'a': 1}|items %}{% set w = v + 1 %}{{ k }}{{ w }}{% else %}none{% endfor %}\
        {{ 'x' if 1 < 1 + 1 < 3 and not false else 'y' }}\
        {% for a in [1, 2, 3] %}{% if a == 2 %}{% continue %}{% endif %}{% set b = a %}{{ b }}{% endfor %}\
        {% macro m(a, b='z') %}{% set c = a + b %}{{ c }}{% endmacro %}{{ m('m') }}\
        {% for a in [[1, []], [2, [[3, []]]]] recursive %}{{ a[0] }}{{ loop(a[1]) }}{% endfor %}";
    assert_eq!(prompt(source).unwrap(), "a2x13mz123");
}

#[test]
fn a_template_that_takes_all_memory_or_time_is_stopped() {
    // Sixty times the same step, for two values.
    let repeated = |start: &str, step: &str, end: &str| {
        let other = step.replace("ns.x", "ns.y");
        format!(
            "{{% set ns = namespace(x={start}, y={start}) %}}{{% for i in range(60) %}}\
            {{% set ns.x = {step} %}}{{% set ns.y = {other} %}}{{% endfor %}}{end}"
        )
    };
    let too_costly = [
        repeated("[1]", "ns.x + ns.x", "{{ ns.x|length }}"),
        repeated("'a'", "ns.x + ns.x", "{{ ns.x|length }}"),
        repeated("'a'", "ns.x ~ ns.x", "{{ ns.x|length }}"),
        repeated("[1]", "ns.x * 2", "{{ (ns.x + [1])|length }}"),
        repeated("[1]", "[ns.x, ns.x]", "{{ ns.x }}"),
        repeated("[1]", "[ns.x, ns.x]", "{{ ns.x == ns.y }}"),
        repeated("[1]", "[ns.x, ns.x]", "{{ ns.x|tojson }}"),
        repeated("[1]", "{'a': ns.x, 'b': ns.x}", "{{ ns.x == ns.y }}"),
        repeated("[1]", "dict(a=ns.x, b=ns.x)", "{{ ns.x == ns.y }}"),
        repeated("[1]", "[ns.x] * 2", "{{ ns.x == ns.y }}"),
        format!(
            "{{% set x = [1] %}}{}",
            "{% set x = x + x %}".repeat(40)
        ),
        "{% macro m(x) %}{{ m([x, x]) }}{% endmacro %}{{ m([1]) }}".to_owned(),
        "{% set ns = namespace(x=[1]) %}{% for i in range(90000) %}{% set ns.x = [ns.x] %}{% endfor %}".to_owned(),
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}".to_owned(),
        "{{ 'a' * 4000000000 }}".to_owned(),
    ];
    // Without bounds none of them would end: the test would run out of memory, or of time.
    for source in &too_costly {
        assert_eq!(prompt(source), Err(ChatError::TooCostly), "{source}");
    }
}

#[test]
fn a_value_that_holds_itself_is_refused() {
    let source =
        "{% set a = namespace(x=1) %}{% set b = namespace(x=a) %}{% set a.x = [b] %}{{ a }}";
    let refused = prompt(source);
    assert!(
        matches!(&refused, Err(ChatError::Template(why)) if why.contains("namespace")),
        "{refused:?}"
    );
}
