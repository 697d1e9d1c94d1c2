//! `cargo xtask reference` writes the document, its evidence and its errata as one HTML page.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};

use crate::{
    evidence_files::EvidenceFiles,
    linted::{self, ERRORS, Read},
    location::{DOCUMENT, Location},
    output::Output,
    print,
    terminal::Style,
};

const PAGE: &str = "target/reference.html";

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 written, 1 the document or its evidence has errors, 2 usage or I/O error"
)]
pub(crate) struct Arguments {
    /// The file to write [default: target/reference.html]
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,

    #[command(flatten)]
    style: Style,
}

/// Writes the reference for this project's document.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let location = Location::in_workspace(DOCUMENT);
    let read = Read::of(&location)?;
    let Some(document) = linted::valid_document(&location, &read, &arguments.style)? else {
        return Ok(ExitCode::from(ERRORS));
    };
    let page = reference::html(&document, &EvidenceFiles::read()?.evidence()?);
    let output = Output::new(self::location(arguments)?, page)?;
    output.write()?;
    print::out(&format!("wrote {}\n", output.name()))?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the location of the page. Creates the folder of the default location.
fn location(arguments: &Arguments) -> anyhow::Result<Location> {
    if let Some(path) = &arguments.output {
        if path.is_dir() {
            let file = path.join("reference.html");
            bail!("{} is a folder; choose a file, such as {}", path.display(), file.display());
        }
        return Ok(Location::given(path));
    }
    let location = Location::in_workspace(PAGE);
    if let Some(folder) = location.path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    Ok(location)
}
