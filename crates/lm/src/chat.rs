//! A model's chat template, run by minijinja as the file carries it.

use super::gguf::Gguf;
use super::tokenizer::Tokenizer;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, context};
use serde::{Deserialize, Serialize};

/// Why a conversation can't be written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ChatError {
    /// The file has no template.
    #[error(
        "this model has no chat template; score the text alone, or choose a model made for chat"
    )]
    NoTemplate,
    /// The template fails.
    #[error("the model's chat template fails: {0}")]
    Template(String),
}

/// A model's way to write a conversation.
pub struct ChatTemplate {
    environment: Environment<'static>,
    begin: String,
    end: String,
}

const NAME: &str = "chat";

impl ChatTemplate {
    /// The template of a file.
    ///
    /// # Errors
    /// When there is none, or it is no template.
    pub fn new(gguf: &Gguf, tokenizer: &Tokenizer) -> Result<Self, ChatError> {
        let source = gguf.metadata.text("tokenizer.chat_template");
        let source = source.ok_or(ChatError::NoTemplate)?;
        let token = |id: Option<u32>| id.map_or("", |id| tokenizer.token(id));
        Self::of_source(source, token(tokenizer.begin()), token(tokenizer.end()))
    }

    /// A template by its source, with the tokens that begin and end a text.
    ///
    /// # Errors
    /// When it is no template.
    pub fn of_source(source: &str, begin: &str, end: &str) -> Result<Self, ChatError> {
        let mut environment = Environment::new();
        // As transformers sets Jinja up.
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build();
        environment.set_syntax(syntax.map_err(|e| ChatError::Template(e.to_string()))?);
        environment
            .set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.set_fuel(Some(1_000_000));
        environment.add_function("raise_exception", |why: String| -> Result<String, Error> {
            Err(Error::new(ErrorKind::InvalidOperation, why))
        });
        // A score must not depend on the day; templates that ask for it get a fixed one.
        environment.add_function("strftime_now", |_format: String| "26 Jul 2024");
        let added = environment.add_template_owned(NAME, without_generation_marks(source));
        added.map_err(|e| ChatError::Template(e.to_string()))?;
        Ok(Self {
            environment,
            begin: begin.to_owned(),
            end: end.to_owned(),
        })
    }

    /// What the model sees before it answers `prompt`.
    ///
    /// # Errors
    /// When the template refuses.
    pub fn prompt(&self, prompt: &str) -> Result<String, ChatError> {
        let failed = |e: Error| ChatError::Template(e.to_string());
        let template = self.environment.get_template(NAME).map_err(failed)?;
        let messages = [context! { role => "user", content => prompt }];
        template
            .render(context! {
                messages,
                add_generation_prompt => true,
                bos_token => self.begin.as_str(),
                eos_token => self.end.as_str(),
            })
            .map_err(failed)
    }
}

/// The template with transformers' blocks `{% generation %}`, which mark what a model wrote and write it out as it
/// is, as blocks that Jinja has itself: `{% if true %}`. White space around them is treated as before.
fn without_generation_marks(source: &str) -> String {
    const MARKS: [(&str, &str); 2] = [("generation", "if true"), ("endgeneration", "endif")];
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("{%") {
        let (before, block) = rest.split_at(at);
        out.push_str(before);
        let length = block.find("%}").map_or(block.len(), |end| end + 2);
        let (block, behind) = block.split_at(length);
        let inside = block.trim_start_matches("{%").trim_end_matches("%}");
        let word = inside.trim_matches(['-', '+']).trim();
        match MARKS.iter().find(|(mark, _)| *mark == word) {
            Some((mark, instead)) => out.push_str(&block.replacen(mark, instead, 1)),
            None => out.push_str(block),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::ChatTemplate;

    #[test]
    fn blocks_that_mark_what_a_model_wrote_are_written_as_they_are() {
        let source = "{% for m in messages %}\n{{ m.role }}: {%- generation %}\n[{{ m.content }}]\n\
            {%- endgeneration -%}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}";
        let template = ChatTemplate::of_source(source, "", "").unwrap();
        assert_eq!(template.prompt("Why?").unwrap(), "user:[Why?]assistant:");
    }
}
