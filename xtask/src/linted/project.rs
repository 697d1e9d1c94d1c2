//! What stands beside this project's document: the evidence for it, and what is allowed in it.

use std::collections::BTreeMap;

use document::{Diagnostic, Severity};
use evidence::{Allowances, File, Files, documented};

use super::Linted;
use crate::location::Location;

/// The folder of the document.
const FOLDER: &str = "spec";

/// What is allowed to be wrong with the document.
const ALLOWANCES: &str = "spec/allowances.toml";

/// The document without what is allowed in it, and each file beside it in which something is wrong.
pub(super) fn judged(mut document: Linted) -> anyhow::Result<Vec<Linted>> {
    let (allowances, malformed) = allowances()?;
    let has_evidence = is_valid(&document, &allowances);
    let mut beside = match has_evidence {
        true => evidence(&mut document)?,
        false => Vec::new(),
    };
    let has_evidence = has_evidence && !beside.iter().any(Linted::has_errors);
    let mut unneeded =
        allowances.apply(&mut document.diagnostics, &xtask::registry(), has_evidence);
    unneeded.extend(malformed);
    if !unneeded.is_empty() {
        beside.push(file(ALLOWANCES, unneeded)?);
    }
    Ok([document].into_iter().chain(beside).collect())
}

/// What is allowed, or why that cannot be read.
fn allowances() -> anyhow::Result<(Allowances, Option<Diagnostic>)> {
    let text = Location::ours(ALLOWANCES).read_if_exists()?.unwrap_or_default();
    Ok(match Allowances::parse(&text) {
        Ok(allowances) => (allowances, None),
        Err(malformed) => (Allowances::default(), Some(malformed)),
    })
}

/// Whether messages can be held against the document: what is wrong in it would be wrong in them again.
fn is_valid(document: &Linted, allowances: &Allowances) -> bool {
    let mut errors = document.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    errors.all(|error| allowances.allow(error))
}

/// Holds the messages against the document; adds to its problems, and returns the other files with theirs.
fn evidence(document: &mut Linted) -> anyhow::Result<Vec<Linted>> {
    let read = |file: File| Location::ours(&name(&file)).read();
    let (index, errata) = (read(File::Index)?, read(File::Errata)?);
    let message =
        |file: &str| Location::ours(&name(&File::Message(file.to_owned()))).read_bytes().ok();
    let folder = Location::ours(&format!("{FOLDER}/{}", documented::FOLDER)).files_below()?;
    let files = Files {
        document: &String::from_utf8_lossy(&document.content),
        index: &index,
        errata: &errata,
        folder: &folder,
        message: &message,
    };
    let mut others: BTreeMap<File, Vec<Diagnostic>> = BTreeMap::new();
    for (file, diagnostic) in evidence::check(&files) {
        others.entry(file).or_default().push(diagnostic);
    }
    document.add(others.remove(&File::Document).unwrap_or_default());
    let others = others.into_iter();
    others
        .map(|(other, diagnostics)| {
            let other = file(&name(&other), diagnostics)?;
            Ok(other.beside(document))
        })
        .collect()
}

fn name(file: &File) -> String {
    format!("{FOLDER}/{}", file.path().unwrap_or_default())
}

fn file(name: &str, diagnostics: Vec<Diagnostic>) -> anyhow::Result<Linted> {
    let location = Location::ours(name);
    Ok(Linted::new(location.shown(), location.read_bytes()?, diagnostics))
}
