//! Generates the pages about the evidence: `spec/ERRATA.md`, and the list in `spec/README.md`.

use anyhow::anyhow;
use document::Document;

use crate::{evidence_files::EvidenceFiles, location::Location, output::Output};

const ERRATA: &str = "spec/ERRATA.md";
const README: &str = "spec/README.md";

/// Returns both files for a document without errors.
pub(crate) fn outputs(document: &Document<'_>) -> anyhow::Result<Vec<Output>> {
    let errata = reference::errata(&EvidenceFiles::read()?.evidence()?);
    let errata = Output::new(Location::in_workspace(ERRATA), errata)?;
    let location = Location::in_workspace(README);
    let readme = readme(&location.read()?, document)?;
    Ok(vec![errata, Output::new(location, readme)?])
}

fn readme(found: &str, document: &Document<'_>) -> anyhow::Result<String> {
    reference::readme(found, document).map_err(|error| match error.line {
        Some(line) => anyhow!("{README}:{line}:1: {error}"),
        None => anyhow!("{README}: {error}"),
    })
}
