//! The ids that an encoder's tokeniser puts around every text. They are read out of `tokenizer.json` here
//! and set by [`super::Encoder::ids`], since the tokenisers' crate panics on a template that names a mark
//! which is not there.

use serde_json::Value;

/// Ids before a text and behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Marks {
    /// Before.
    pub before: Vec<u32>,
    /// Behind.
    pub behind: Vec<u32>,
}

fn id(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

impl Marks {
    /// The marks of a post-processor; `None` where it makes no sense or is of a kind that is not known.
    #[must_use]
    pub(super) fn of(processor: &Value) -> Option<Self> {
        match processor["type"].as_str() {
            None if processor.is_null() => Some(Self::default()),
            Some("ByteLevel") => Some(Self::default()),
            Some("TemplateProcessing") => Self::of_template(processor),
            // A pair of a token and its id each.
            Some("BertProcessing" | "RobertaProcessing") => Some(Self {
                before: vec![id(&processor["cls"][1])?],
                behind: vec![id(&processor["sep"][1])?],
            }),
            Some("Sequence") => {
                let mut whole = Self::default();
                for part in processor["processors"].as_array()? {
                    let part = Self::of(part)?;
                    whole.before = [part.before, whole.before].concat();
                    whole.behind.extend(part.behind);
                }
                Some(whole)
            }
            _ => None,
        }
    }

    fn of_template(processor: &Value) -> Option<Self> {
        let mut marks = Self::default();
        let mut is_behind = false;
        for piece in processor["single"].as_array()? {
            if piece["Sequence"].is_object() {
                is_behind = true;
                continue;
            }
            let name = piece["SpecialToken"]["id"].as_str()?;
            let ids = processor["special_tokens"][name]["ids"].as_array()?;
            let side = match is_behind {
                true => &mut marks.behind,
                false => &mut marks.before,
            };
            for value in ids {
                side.push(id(value)?);
            }
        }
        Some(marks)
    }

    /// How many they are.
    #[must_use]
    pub(super) fn count(&self) -> usize {
        self.before.len() + self.behind.len()
    }

    /// Whether an id is one of them.
    #[must_use]
    pub(super) fn holds(&self, id: u32) -> bool {
        self.before.contains(&id) || self.behind.contains(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn marks_are_read_out_of_every_kind_of_processor() {
        let roberta = json!({"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0]});
        let marks = Marks::of(&roberta).unwrap();
        assert_eq!((marks.before, marks.behind), (vec![0], vec![2]));
        let template = json!({"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "x"}}, {"Sequence": {"id": "A"}}],
            "special_tokens": {"x": {"ids": [7, 8]}}});
        let both = json!({"type": "Sequence", "processors": [{"type": "ByteLevel"}, template]});
        assert_eq!(Marks::of(&both).unwrap().before, [7, 8]);
        let broken = json!({"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "y"}}], "special_tokens": {}});
        assert_eq!(Marks::of(&broken), None);
        assert_eq!(Marks::of(&Value::Null), Some(Marks::default()));
    }
}
