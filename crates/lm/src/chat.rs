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
        let added = environment.add_template_owned(NAME, source.to_owned());
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
