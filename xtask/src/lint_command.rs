//! `cargo xtask lint`: what is wrong with documents, each thing at its place.

mod manual;
mod ours;

use std::{collections::HashSet, io, path::PathBuf, process::ExitCode};

use clap::ValueEnum;
use codegen::{Diagnostic, Severity, lint};
use xtask::render::{Colour, Source};

use crate::{
    place::{DOCUMENT, Place},
    print,
};

/// A document has problems.
pub(crate) const PROBLEMS: u8 = 1;

#[derive(clap::Args)]
#[command(after_help = "Exit status: 0 clean, 1 a document has problems, 2 usage or input/output")]
pub(crate) struct Arguments {
    /// OpenAPI 3.0 documents, YAML or JSON [default: spec/partner-center.yaml]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How to print problems
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: Format,

    /// What makes the task fail besides errors
    #[arg(long, value_name = "WHAT", value_enum)]
    deny: Option<Deny>,

    /// Hold other documents to the rules of this project too
    #[arg(long)]
    house: bool,

    /// Say what a rule is for, with a wrong and a right example
    #[arg(long, value_name = "RULE", conflicts_with_all = ["files", "rules"])]
    explain: Option<String>,

    /// List the rules
    #[arg(long, conflicts_with = "files")]
    rules: bool,

    #[command(flatten)]
    style: Style,
}

/// Whether to colour what is printed.
#[derive(clap::Args)]
pub(crate) struct Style {
    /// When to colour text
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: When,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum When {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people, with the lines in question
    #[default]
    Text,
    /// One object on each line
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Warnings,
}

/// Lints documents, or tells about the rules.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.rules {
        print::out(&manual::list())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(id) = &arguments.explain {
        print::out(&manual::page(id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut files = Vec::new();
    for place in arguments.places() {
        files.extend(linted(&place, arguments.house)?);
    }
    for file in &files {
        print::out(&file.show(arguments.message_format, arguments.style.colour(&io::stdout())))?;
    }
    files.iter().for_each(Linted::summarise);
    let fails = |diagnostic: &Diagnostic| {
        diagnostic.severity == Severity::Error || arguments.deny == Some(Deny::Warnings)
    };
    Ok(match files.iter().flat_map(|file| &file.diagnostics).any(fails) {
        true => ExitCode::from(PROBLEMS),
        false => ExitCode::SUCCESS,
    })
}

/// The text of a document without errors; prints its problems.
pub(crate) fn sound_text(document: &Place, style: &Style) -> anyhow::Result<Option<String>> {
    let files = linted(document, false)?;
    for file in &files {
        print::err(&file.show(Format::Text, style.colour(&io::stderr())));
    }
    let mut diagnostics = files.iter().flat_map(|file| &file.diagnostics);
    if diagnostics.any(|diagnostic| diagnostic.severity == Severity::Error) {
        files.iter().for_each(Linted::summarise);
        return Ok(None);
    }
    let text = files.into_iter().next().map(|file| file.content);
    Ok(text.and_then(|content| String::from_utf8(content).ok()))
}

/// Prints what keeps a document from becoming a client.
pub(crate) fn report(document: &Place, text: String, diagnostics: Vec<Diagnostic>, style: &Style) {
    let file = Linted::new(document.shown(), text.into_bytes(), diagnostics);
    print::err(&file.show(Format::Text, style.colour(&io::stderr())));
    file.summarise();
}

impl Arguments {
    fn places(&self) -> Vec<Place> {
        match self.files.is_empty() {
            true => vec![Place::ours(DOCUMENT)],
            false => {
                let mut seen = HashSet::new();
                // A file may have two paths; one that cannot be found is reported when it is read.
                let file = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
                let once = self.files.iter().filter(|path| seen.insert(file(path)));
                once.map(|path| Place::given(path)).collect()
            }
        }
    }
}

impl Style {
    fn colour(&self, stream: &impl io::IsTerminal) -> Colour {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.color {
            When::Always => Colour::Ansi,
            When::Auto if stream.is_terminal() && !no_color => Colour::Ansi,
            When::Auto | When::Never => Colour::Plain,
        }
    }
}

/// A file with what is wrong in it.
struct Linted {
    name: String,
    content: Vec<u8>,
    diagnostics: Vec<Diagnostic>,
    /// The document with which the file was compared: its name and content.
    document: Option<(String, Vec<u8>)>,
}

impl Linted {
    fn new(name: String, content: Vec<u8>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { name, content, diagnostics, document: None }
    }

    /// The file, with the document for problems that show a place in it.
    fn beside(self, document: &Self) -> Self {
        let document = Some((document.name.clone(), document.content.clone()));
        Self { document, ..self }
    }

    fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    fn show(&self, format: Format, colour: Colour) -> String {
        let document = self.document.as_ref().map(|(name, content)| Source::new(name, content));
        let source = Source::new(&self.name, &self.content).beside(document.as_ref());
        match format {
            Format::Text => source.text(&self.diagnostics, colour),
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
    fn summarise(&self) {
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

/// Lints a document; of this project's also judges what stands beside it.
fn linted(place: &Place, house: bool) -> anyhow::Result<Vec<Linted>> {
    let content = place.read_bytes()?;
    let is_ours = place.name == DOCUMENT;
    let diagnostics = lint::lint(&content, house || is_ours);
    let document = Linted::new(place.shown(), content, diagnostics);
    if is_ours { ours::judged(document) } else { Ok(vec![document]) }
}
