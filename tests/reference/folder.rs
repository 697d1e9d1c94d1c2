//! Reads the evidence from a folder with the same layout as `spec`.

use std::fs;

use evidence::documented::Evidence;
use support::document;

pub(crate) fn evidence(folder: &str) -> Evidence {
    let documented = document::path(folder).join("documented");
    let text = |file: &str| document::read(&format!("{folder}/{file}"));
    let read = |file: &str| fs::read(documented.join(file)).ok();
    Evidence::parse(&text("documented/index.toml"), &text("errata.toml"), read).unwrap()
}
