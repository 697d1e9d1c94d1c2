//! Compares the vendor's pages with the document, for the verdict on the evidence.

use std::{ops::Range, path::PathBuf};

use anyhow::{Context as _, bail};
use conform::{Outcome, Reference};
use diff::{Finding, Location, Pages};
use document::{Diagnostic, Document, printable::printable};
use xtask::render::Source;

use crate::{
    evidence_files::EvidenceFiles,
    location::DOCUMENT,
    pages::{self, PageFile},
};

/// Compares all pages at the paths.
///
/// Fails if a page cannot be compared, because a report without that page would seem to have no differences.
pub(super) fn compared(paths: &[PathBuf]) -> anyhow::Result<Pages> {
    let files = EvidenceFiles::read()?;
    let (tree, evidence) = (files.tree()?, files.evidence_without_problems()?);
    let document = Document::new(&tree);
    let checked = pages::checked(paths, &Reference::new(&document, &evidence))?;
    fail_if_unable(&checked.relevant)?;
    let count =
        |outcome| checked.relevant.iter().filter(|it| it.checked.outcome == outcome).count();
    let document = Locations { document: &document, source: files.source() };
    Ok(Pages {
        clean: count(Outcome::Clean),
        with_findings: count(Outcome::Findings),
        other: checked.others,
        findings: checked.relevant.iter().flat_map(|page| findings(page, &document)).collect(),
    })
}

/// Fails if any page could not be compared. The error shows the first such page and the number of the others.
fn fail_if_unable(pages: &[PageFile]) -> anyhow::Result<()> {
    let mut unable = pages.iter().filter(|page| page.checked.outcome == Outcome::Unable);
    let Some(page) = unable.next() else { return Ok(()) };
    let obstacle = page.checked.obstacle().context("a page cannot be compared")?;
    let location = location(&page.name, &page.source(), obstacle);
    let others = match unable.count() {
        0 => String::new(),
        1 => ", and one more page cannot be compared".to_owned(),
        count => format!(", and {count} more pages cannot be compared"),
    };
    let message = &obstacle.message;
    bail!(
        "{location}: {message}{others}; correct or omit the pages that `cargo xtask conform` reports"
    )
}

fn findings(page: &PageFile, document: &Locations<'_>) -> Vec<Finding> {
    let source = page.source();
    let findings = page.checked.findings.iter().map(|finding| Finding {
        rule: finding.rule,
        message: finding.message.clone(),
        page: location(&page.name, &source, finding),
        document: document.of(finding, page),
    });
    findings.collect()
}

/// Locates findings in the document.
struct Locations<'f> {
    document: &'f Document<'f>,
    source: Source<'f>,
}

impl Locations<'_> {
    /// Returns the location that the page differs from. If it is unknown, returns the location of the message's
    /// operation.
    fn of(&self, finding: &Diagnostic, page: &PageFile) -> Option<Location> {
        let related = finding.related.as_ref().filter(|related| related.in_document);
        let span = match related {
            Some(related) => related.span.clone(),
            None => self.operation(operation(finding, page)?)?,
        };
        let (line, column) = self.source.line_and_column(&span);
        Some(Location { file: DOCUMENT.to_owned(), line, column })
    }

    fn operation(&self, id: &str) -> Option<Range<usize>> {
        let mut ids = self.document.operations().filter_map(|it| it.node.get("operationId"));
        ids.find(|it| it.as_str() == Some(id)).map(|it| it.primary_span())
    }
}

/// Returns the operation of the message that contains a finding: the last message that begins before it.
fn operation<'p>(finding: &Diagnostic, page: &'p PageFile) -> Option<&'p str> {
    let messages = page.checked.messages.iter();
    let before = messages.filter(|message| message.offset <= finding.span.start);
    before.max_by_key(|message| message.offset)?.operation.as_deref()
}

fn location(name: &str, source: &Source<'_>, diagnostic: &Diagnostic) -> Location {
    let (line, column) = source.line_and_column(&diagnostic.span);
    Location { file: printable(name), line, column }
}
