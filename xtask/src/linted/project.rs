//! Checks the evidence for this project's document, and applies its allowances.

use std::collections::BTreeMap;

use document::{Diagnostic, Document, Severity};
use evidence::{Allowances, File, Files, documented};

use super::Linted;
use crate::location::Location;

/// The folder of the document.
const FOLDER: &str = "spec";

/// The allowances file, which lists rules that the document may break.
const ALLOWANCES: &str = "spec/allowances.toml";

/// Returns the document without its allowed diagnostics, and every other file that has diagnostics.
pub(super) fn checked(
    mut linted: Linted,
    document: Result<&Document<'_>, &Diagnostic>,
) -> anyhow::Result<Vec<Linted>> {
    let (allowances, malformed) = allowances()?;
    let has_evidence = is_valid(&linted, &allowances);
    let mut others = match has_evidence {
        true => evidence(&mut linted, document)?,
        false => Vec::new(),
    };
    let has_evidence = has_evidence && !others.iter().any(Linted::has_errors);
    let mut unneeded = allowances.apply(&mut linted.diagnostics, &xtask::registry(), has_evidence);
    unneeded.extend(malformed);
    if !unneeded.is_empty() {
        others.push(file(ALLOWANCES, unneeded)?);
    }
    Ok([linted].into_iter().chain(others).collect())
}

/// Reads the allowances. If they are malformed, returns none, and a diagnostic that says why.
fn allowances() -> anyhow::Result<(Allowances, Option<Diagnostic>)> {
    let text = Location::in_workspace(ALLOWANCES).read_if_exists()?.unwrap_or_default();
    Ok(match Allowances::parse(&text) {
        Ok(allowances) => (allowances, None),
        Err(malformed) => (Allowances::default(), Some(malformed)),
    })
}

/// Returns true if each error of the document is allowed, so that it can be compared with messages. Otherwise, the
/// errors would be reported again as differences.
fn is_valid(document: &Linted, allowances: &Allowances) -> bool {
    let mut errors = document.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    errors.all(|error| allowances.allow(error))
}

/// Compares the messages with the document. Adds the diagnostics to the document, and returns the other files that have
/// any.
fn evidence(
    linted: &mut Linted,
    document: Result<&Document<'_>, &Diagnostic>,
) -> anyhow::Result<Vec<Linted>> {
    let read = |file: File| Location::in_workspace(&name(&file)).read();
    let (index, errata) = (read(File::Index)?, read(File::Errata)?);
    let message = |file: &str| {
        Location::in_workspace(&name(&File::Message(file.to_owned()))).read_bytes().ok()
    };
    let folder =
        Location::in_workspace(&format!("{FOLDER}/{}", documented::FOLDER)).files_below()?;
    let files = Files {
        document: &String::from_utf8_lossy(&linted.content),
        index: &index,
        errata: &errata,
        folder: &folder,
        message: &message,
    };
    let mut diagnostics: BTreeMap<File, Vec<Diagnostic>> = BTreeMap::new();
    for (file, diagnostic) in evidence::check_read(&files, document) {
        diagnostics.entry(file).or_default().push(diagnostic);
    }
    linted.add(diagnostics.remove(&File::Document).unwrap_or_default());
    let others = diagnostics.into_iter().map(|(other, diagnostics)| {
        let other = file(&name(&other), diagnostics)?;
        Ok(other.with_document(linted))
    });
    others.collect()
}

fn name(file: &File) -> String {
    format!("{FOLDER}/{}", file.path().unwrap_or_default())
}

fn file(name: &str, diagnostics: Vec<Diagnostic>) -> anyhow::Result<Linted> {
    let location = Location::in_workspace(name);
    Ok(Linted::new(location.shown(), location.read_bytes()?, diagnostics))
}
