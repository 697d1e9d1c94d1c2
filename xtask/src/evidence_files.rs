//! Reads the evidence for the document of this project.

use evidence::documented::{ERRATA, Evidence, FOLDER, INDEX};

use crate::location::Location;

/// Reads the messages and their errata.
pub(crate) fn read() -> anyhow::Result<Evidence> {
    let file = |name: &str| Location::in_workspace(&format!("spec/{name}"));
    let (index, errata) = (file(INDEX).read()?, file(ERRATA).read()?);
    let message = |name: &str| file(&format!("{FOLDER}/{name}")).read_bytes().ok();
    Evidence::parse(&index, &errata, message).map_err(|problem| anyhow::anyhow!("{problem}"))
}
