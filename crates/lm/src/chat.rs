//! A model's chat template, run by minijinja as the file carries it. A template comes from outside, so its work and
//! memory are bounded: by minijinja's fuel, and where that does not count, by the module `bounds`.

mod bounds;

use super::gguf::Gguf;
use super::tokenizer::Tokenizer;
use minijinja::machinery::ast::Stmt;
use minijinja::machinery::{CodeGenerator, Instructions, eval, make_string_output, parse};
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, context};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// The template was stopped: it takes more work or memory than writing a conversation does.
    #[error(
        "the model's chat template was stopped, because it takes more work or memory than a conversation needs; score the text alone"
    )]
    TooCostly,
}

impl From<Error> for ChatError {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::OutOfFuel => Self::TooCostly,
            _ => Self::Template(error.to_string()),
        }
    }
}

/// A model's way to write a conversation.
pub struct ChatTemplate {
    environment: Environment<'static>,
    source: String,
    begin: String,
    end: String,
}

/// What a template is called in messages.
const NAME: &str = "chat";
/// Steps that a template may take, of which 64 bytes that it makes cost as much as one.
const FUEL: u64 = 1_000_000;

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
        environment.set_syntax(syntax?);
        environment
            .set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.set_fuel(Some(FUEL));
        bounds::bound(&mut environment);
        environment.add_function("raise_exception", |why: String| -> Result<String, Error> {
            Err(Error::new(ErrorKind::InvalidOperation, why))
        });
        // A score must not depend on the day; templates that ask for it get a fixed one.
        environment.add_function("strftime_now", |_format: String| "26 Jul 2024");
        let template = Self {
            environment,
            source: without_generation_marks(source),
            begin: begin.to_owned(),
            end: end.to_owned(),
        };
        template.parsed()?;
        Ok(template)
    }

    fn parsed(&self) -> Result<Stmt<'_>, ChatError> {
        let syntax = self.environment.syntax().clone();
        Ok(parse(&self.source, NAME, syntax)?)
    }

    /// What the model sees before it answers `prompt`.
    ///
    /// # Errors
    /// When the template refuses.
    pub fn prompt(&self, prompt: &str) -> Result<String, ChatError> {
        let mut generator = CodeGenerator::new(NAME, &self.source);
        generator.compile_stmt(&self.parsed()?);
        let (instructions, blocks) = generator.finish();
        let instructions = bounds::bounded(&instructions);
        let blocks = blocks.into_iter();
        let blocks = blocks.map(|(name, block)| (name, bounds::bounded(&block)));
        let blocks: BTreeMap<&str, Instructions<'_>> = blocks.collect();
        let messages = [context! { role => "user", content => prompt }];
        let given = context! {
            messages,
            add_generation_prompt => true,
            bos_token => self.begin.as_str(),
            eos_token => self.end.as_str(),
        };
        let mut text = String::new();
        let mut out = make_string_output(&mut text);
        eval(
            &self.environment,
            &instructions,
            given,
            &blocks,
            &mut out,
            AutoEscape::None,
        )?;
        Ok(text)
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
mod tests;
