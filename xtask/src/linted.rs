//! Lints documents for the commands, and prints the diagnostics.

mod project;

use std::io;

use clap::ValueEnum;
use codegen::Generated;
use document::{Diagnostic, Document, Severity, Tree, phrasing::counted};
use xtask::render::{Color, Source};

use crate::{
    isolation::Generator,
    location::{DOCUMENT, Location},
    print,
    terminal::Style,
};

/// The exit status if a document has errors.
pub(crate) const ERRORS: u8 = 1;

#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Format {
    /// Human-readable text, with the affected lines
    #[default]
    Text,
    /// One JSON object per line
    Json,
    /// GitHub workflow annotations
    Github,
}

/// A document that is read once, for the generator, the linter and the evidence.
pub(crate) struct Read {
    content: Vec<u8>,
    tree: Result<Tree, Diagnostic>,
}

impl Read {
    /// Reads a document.
    pub(crate) fn of(location: &Location) -> anyhow::Result<Self> {
        let content = location.read_bytes()?;
        let tree = document::read(&content);
        Ok(Self { content, tree })
    }

    /// Returns the tree, or the diagnostic if the document could not be parsed.
    pub(crate) fn tree(&self) -> Result<&Tree, &Diagnostic> {
        self.tree.as_ref()
    }

    /// Returns the tree, or the diagnostic if the document could not be parsed.
    pub(crate) fn into_tree(self) -> Result<Tree, Diagnostic> {
        self.tree
    }

    fn document(&self) -> Result<Document<'_>, &Diagnostic> {
        self.tree().map(Document::new)
    }
}

/// Lints a document. For this project's document, also checks the evidence and applies the allowances.
pub(crate) fn linted(
    location: &Location,
    read: &Read,
    project_rules: bool,
) -> anyhow::Result<Vec<Linted>> {
    let document = read.document();
    checked(location, read, document.as_ref().map_err(|it| *it), project_rules)
}

fn checked(
    location: &Location,
    Read { content, .. }: &Read,
    document: Result<&Document<'_>, &Diagnostic>,
    project_rules: bool,
) -> anyhow::Result<Vec<Linted>> {
    let is_ours = location.name == DOCUMENT;
    let diagnostics = lint::lint_read(document, content, project_rules || is_ours);
    let linted = Linted::new(location.shown(), content.clone(), diagnostics);
    if is_ours { project::checked(linted, document) } else { Ok(vec![linted]) }
}

/// Prints the diagnostics of a document, and returns it if none of them is an error.
pub(crate) fn valid_document<'r>(
    location: &Location,
    read: &'r Read,
    style: &Style,
) -> anyhow::Result<Option<Document<'r>>> {
    let document = read.document();
    let files = checked(location, read, document.as_ref().map_err(|it| *it), false)?;
    for file in &files {
        print::err(&file.show(Format::Text, style.color(&io::stderr())));
    }
    let mut diagnostics = files.iter().flat_map(|file| &file.diagnostics);
    if diagnostics.any(|diagnostic| diagnostic.severity == Severity::Error) {
        files.iter().for_each(Linted::summarize);
        return Ok(None);
    }
    Ok(document.ok())
}

/// Prints the errors in a document that was not read from a file. Returns true if there are none.
pub(crate) fn is_valid(name: &str, text: &str, style: &Style) -> bool {
    let mut diagnostics = lint::lint(text.as_bytes(), false);
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
    let file = Linted::new(name.to_owned(), text.as_bytes().to_vec(), diagnostics);
    print::err(&file.show(Format::Text, style.color(&io::stderr())));
    file.diagnostics.is_empty()
}

/// Waits for the generated client. If the generator failed, prints its diagnostics and returns `None`.
pub(crate) fn generated(
    generator: Generator<'_>,
    location: &Location,
    document: &Document<'_>,
    style: &Style,
) -> anyhow::Result<Option<Generated>> {
    let text = document.tree.text();
    let diagnostics = match generator.generate(text)? {
        Ok(generated) => return Ok(Some(generated)),
        Err(diagnostics) => diagnostics,
    };
    let file = Linted::new(location.shown(), text.as_bytes().to_vec(), diagnostics);
    print::err(&file.show(Format::Text, style.color(&io::stderr())));
    file.summarize();
    Ok(None)
}

/// A file and its diagnostics.
pub(crate) struct Linted {
    name: String,
    content: Vec<u8>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The name and content of the document that the file was compared with.
    document: Option<(String, Vec<u8>)>,
}

impl Linted {
    fn new(name: String, content: Vec<u8>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { name, content, diagnostics, document: None }
    }

    /// Sets the document that the file's diagnostics refer to.
    fn with_document(self, document: &Self) -> Self {
        let document = Some((document.name.clone(), document.content.clone()));
        Self { document, ..self }
    }

    fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    pub(crate) fn show(&self, format: Format, color: Color) -> String {
        if self.diagnostics.is_empty() {
            return String::new();
        }
        let document = self.document.as_ref().map(|(name, content)| Source::new(name, content));
        let source = Source::new(&self.name, &self.content).with_document(document.as_ref());
        match format {
            Format::Text => source.text(&self.diagnostics, color),
            Format::Json => source.json(&self.diagnostics),
            Format::Github => source.github(&self.diagnostics),
        }
    }

    /// Adds diagnostics, and sorts all of them by their position in the text.
    fn add(&mut self, diagnostics: Vec<Diagnostic>) {
        self.diagnostics.extend(diagnostics);
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    }

    /// Prints the number of errors and warnings.
    pub(crate) fn summarize(&self) {
        let count = |severity| {
            self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
        };
        let counts = [("error", count(Severity::Error)), ("warning", count(Severity::Warning))];
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| counted(count, kind))
            .collect();
        let summary = match counts.is_empty() {
            true => "no problems".to_owned(),
            false => counts.join(" and "),
        };
        print::err(&format!("{}: {summary}\n", self.name));
    }
}
