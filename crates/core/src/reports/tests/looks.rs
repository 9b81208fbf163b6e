//! Whether a trial or people's ratings may stop, in every format of a report.

use super::*;

/// A trial of units and ratings by people beside the outputs.
fn running() -> Parts {
    let parts = all();
    let mut ratings = String::from("rater,item,system,fluency\n");
    for item in 0..48 {
        let tuned = 4 + item % 2;
        ratings.push_str(&format!("ann,{item},<b>|_x,2\nann,{item},tuned,{tuned}\n"));
    }
    let mut session = parts.session.borrow_mut();
    session
        .load_ratings("people.csv", ratings.as_bytes())
        .unwrap();
    drop(session);
    let mut units = String::from("arm,user,success\n");
    for user in 0..400 {
        let (arm, of) = [("old", 10), ("new", 3)][user % 2];
        let success = u8::from(user / 2 % of != 0);
        units.push_str(&format!("{arm},u{user},{success}\n"));
    }
    let units = import("units.csv", &units);
    parts.experiments.take(vec![units]).unwrap();
    parts
}

#[test]
fn what_may_stop_is_said_in_every_format_and_both_languages() {
    let parts = running();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    let [look] = &content.looks[..] else {
        panic!("{:?}", content.looks);
    };
    assert_eq!((look.dimension.as_str(), look.items), ("fluency", 48));
    assert_eq!(
        (look.baseline.as_str(), look.system.as_str()),
        ("<b>|_x", "tuned")
    );
    for (language, [stops, head]) in [
        ("en", ["You may stop", "Always-valid p, corrected"]),
        ("zh-CN", ["可以停止", "随时有效的 p 值"]),
    ] {
        for format in [Format::Html, Format::Markdown] {
            let text = parts.file(&reports, format, language, content.clone());
            assert!(text.contains(stops), "{language} {format:?}");
            assert_eq!(text.matches(head).count(), 2, "{language} {format:?}");
        }
        let text = parts.file(&reports, Format::Latex, language, content.clone());
        assert_eq!(text.matches(head).count(), 2, "{language}: {text}");
    }
    let Written::Workbook(sheets) = parts.written(&reports, Format::Xlsx, "en", content.clone())
    else {
        panic!("a workbook");
    };
    let sheet = |name: &str| sheets.iter().find(|s| s.name == name).unwrap();
    assert_eq!(sheet("At any look").rows.len(), 1);
    let outcomes = sheet("Outcomes");
    assert!(
        outcomes
            .head
            .iter()
            .any(|name| name == "Always-valid p, corrected")
    );
    assert_eq!(through_link(&content).looks, content.looks);
}

#[test]
fn a_report_of_an_earlier_version_has_no_looks() {
    let content = running().content(&Reports::default(), "2026-01-02");
    let mut earlier = serde_json::to_value(&content).unwrap();
    let fields = earlier.as_object_mut().unwrap();
    let all = fields.len();
    fields.retain(|name, _| !name.starts_with("look"));
    assert_eq!(fields.len() + 1, all);
    let read: Content = serde_json::from_value(earlier).unwrap();
    assert!(read.looks.is_empty());
    assert_eq!(read.metrics, content.metrics);
}
