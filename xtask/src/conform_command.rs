//! `cargo xtask conform` compares the vendor's pages, in any language, with the document.

mod accept;
mod summary;

use std::{io, path::PathBuf, process::ExitCode};

use clap::ValueEnum;
use conform::{Checked, Outcome, Reference};
use document::{Diagnostic, Document};
use xtask::{
    registry_of_pages,
    render::{Color, Source},
};

use crate::{
    USAGE_OR_FILES,
    evidence_files::EvidenceFiles,
    explain,
    linted::{ERRORS, Format},
    pages::{self, PageFile},
    print,
    terminal::Style,
};

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 no differences, 1 a page differs from the document, 2 a page could not be \
                        compared, or a usage or I/O error"
)]
pub(crate) struct Arguments {
    /// Markdown pages, or folders that contain .md, .markdown or .txt pages
    #[arg(value_name = "PATH", required_unless_present_any = ["explain", "rules"])]
    paths: Vec<PathBuf>,

    /// Also print advisories: translated text, unrecorded messages, and errata that the vendor's fixes made unnecessary
    #[arg(long)]
    advisories: bool,

    /// Record new and changed messages from the pages in spec/documented
    #[arg(long, conflicts_with = "summary")]
    accept: bool,

    /// Print a table for a pull request to standard output, and the differences to standard error
    #[arg(long, value_name = "FORMAT", value_enum)]
    summary: Option<Summary>,

    /// The output format of the differences
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: Format,

    /// Explain a rule, with a wrong and a right example
    #[arg(long, value_name = "RULE", conflicts_with_all = ["paths", "rules"])]
    explain: Option<String>,

    /// List the rules
    #[arg(long, conflicts_with = "paths")]
    rules: bool,

    #[command(flatten)]
    style: Style,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Summary {
    Markdown,
}

/// Compares pages with the document, or explains the rules.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.rules {
        print::out(&explain::list(&registry_of_pages()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(id) = &arguments.explain {
        print::out(&explain::page(id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let evidence_files = EvidenceFiles::read()?;
    let tree = evidence_files.tree()?;
    let evidence = evidence_files.evidence_without_problems()?;
    let document = Document::new(&tree);
    let reference = Reference::new(&document, &evidence);
    let mut pages = pages::checked(&arguments.paths, &reference)?;
    if arguments.accept {
        return accept::run(&evidence_files, &evidence, &reference, &mut pages, &arguments.style);
    }
    let source = evidence_files.source();
    for page in &pages.relevant {
        arguments.print(&page.show(&source, arguments))?;
    }
    if arguments.summary.is_some() {
        print::out(&summary::markdown(&pages))?;
    }
    print::err(&summary::text(&pages));
    Ok(status(pages.relevant.iter().map(|page| &page.checked)))
}

/// Returns the exit status. A page that could not be compared outranks one that differs, because it may hide any number
/// of differences.
fn status<'c>(pages: impl Iterator<Item = &'c Checked>) -> ExitCode {
    let worst = pages.map(|page| match page.outcome {
        Outcome::Unable => USAGE_OR_FILES,
        Outcome::Findings => ERRORS,
        Outcome::Clean | Outcome::Other => 0,
    });
    ExitCode::from(worst.max().unwrap_or_default())
}

impl Arguments {
    fn print(&self, text: &str) -> anyhow::Result<()> {
        match self.summary {
            Some(_) => {
                print::err(text);
                Ok(())
            }
            None => print::out(text),
        }
    }

    fn color(&self) -> Color {
        match self.summary {
            Some(_) => self.style.color(&io::stderr()),
            None => self.style.color(&io::stdout()),
        }
    }
}

impl PageFile {
    /// Renders the findings of the page, and its advisories if `--advisories` is set.
    fn show(&self, document: &Source<'_>, arguments: &Arguments) -> String {
        let Checked { findings, advisories, .. } = &self.checked;
        let advisories = advisories.iter().filter(|_| arguments.advisories);
        let mut diagnostics: Vec<Diagnostic> = findings.iter().chain(advisories).cloned().collect();
        if diagnostics.is_empty() {
            return String::new();
        }
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        let source = self.source().with_document(Some(document));
        match arguments.message_format {
            Format::Text => source.text(&diagnostics, arguments.color()),
            Format::Json => source.json(&diagnostics),
            Format::Github => source.github(&diagnostics),
        }
    }
}
