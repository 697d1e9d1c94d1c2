//! A document with its problems, as each command prints them.

mod project;

use std::io;

use clap::ValueEnum;
use document::{Diagnostic, Severity};
use xtask::render::{Color, Source};

use crate::{
    location::{DOCUMENT, Location},
    print,
    terminal::Style,
};

/// A document has problems.
pub(crate) const PROBLEMS: u8 = 1;

#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines in question
    #[default]
    Text,
    /// One object on each line
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

/// Lints a document; of this project's also judges what stands beside it.
pub(crate) fn linted(location: &Location, project_rules: bool) -> anyhow::Result<Vec<Linted>> {
    let content = location.read_bytes()?;
    let is_ours = location.name == DOCUMENT;
    let diagnostics = lint::lint(&content, project_rules || is_ours);
    let document = Linted::new(location.shown(), content, diagnostics);
    if is_ours { project::judged(document) } else { Ok(vec![document]) }
}

/// The text of a document without errors; prints its problems.
pub(crate) fn valid_text(document: &Location, style: &Style) -> anyhow::Result<Option<String>> {
    let files = linted(document, false)?;
    for file in &files {
        print::err(&file.show(Format::Text, style.color(&io::stderr())));
    }
    let mut diagnostics = files.iter().flat_map(|file| &file.diagnostics);
    if diagnostics.any(|diagnostic| diagnostic.severity == Severity::Error) {
        files.iter().for_each(Linted::summarize);
        return Ok(None);
    }
    let text = files.into_iter().next().map(|file| file.content);
    Ok(text.and_then(|content| String::from_utf8(content).ok()))
}

/// Prints what keeps a document from becoming a client.
pub(crate) fn report(
    document: &Location,
    text: String,
    diagnostics: Vec<Diagnostic>,
    style: &Style,
) {
    let file = Linted::new(document.shown(), text.into_bytes(), diagnostics);
    print::err(&file.show(Format::Text, style.color(&io::stderr())));
    file.summarize();
}

/// A file with what is wrong in it.
pub(crate) struct Linted {
    name: String,
    content: Vec<u8>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The document with which the file was compared: its name and content.
    document: Option<(String, Vec<u8>)>,
}

impl Linted {
    fn new(name: String, content: Vec<u8>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { name, content, diagnostics, document: None }
    }

    /// The file, with the document for problems that show a location in it.
    fn beside(self, document: &Self) -> Self {
        let document = Some((document.name.clone(), document.content.clone()));
        Self { document, ..self }
    }

    fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    pub(crate) fn show(&self, format: Format, color: Color) -> String {
        let document = self.document.as_ref().map(|(name, content)| Source::new(name, content));
        let source = Source::new(&self.name, &self.content).beside(document.as_ref());
        match format {
            Format::Text => source.text(&self.diagnostics, color),
            Format::Json => source.json(&self.diagnostics),
            Format::Github => source.github(&self.diagnostics),
        }
    }

    /// Adds problems, in the order of the text.
    fn add(&mut self, diagnostics: Vec<Diagnostic>) {
        self.diagnostics.extend(diagnostics);
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    }

    /// Says how much is wrong.
    pub(crate) fn summarize(&self) {
        let count = |severity| {
            self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
        };
        let counts = [("error", count(Severity::Error)), ("warning", count(Severity::Warning))];
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(what, count)| format!("{count} {what}{}", if count == 1 { "" } else { "s" }))
            .collect();
        let summary = match counts.is_empty() {
            true => "no problem".to_owned(),
            false => counts.join(" and "),
        };
        print::err(&format!("{}: {summary}\n", self.name));
    }
}
