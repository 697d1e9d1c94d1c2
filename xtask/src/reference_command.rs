//! `cargo xtask reference` writes the document, its evidence and its errata as one page of HTML.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, anyhow};
use document::Document;

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
    after_help = "Exit status: 0 written, 1 the document or its evidence has errors, 2 usage or input/output"
)]
pub(crate) struct Arguments {
    /// The file to write [default: target/reference.html]
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,

    #[command(flatten)]
    style: Style,
}

/// Writes the reference of the document of this project.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let document = Location::in_workspace(DOCUMENT);
    let Some(text) = linted::valid_text(&document, Read::of(&document)?, &arguments.style)? else {
        return Ok(ExitCode::from(ERRORS));
    };
    let tree = document::read(text.as_bytes()).map_err(|error| anyhow!(error.message))?;
    let page = reference::html(&Document::new(&tree), &EvidenceFiles::read()?.evidence()?);
    let output = Output::new(location(arguments)?, page)?;
    output.write()?;
    print::out(&format!("wrote {}\n", output.name()))?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the location of the page, and creates the folder of the default one.
fn location(arguments: &Arguments) -> anyhow::Result<Location> {
    if let Some(path) = &arguments.output {
        return Ok(Location::given(path));
    }
    let location = Location::in_workspace(PAGE);
    if let Some(folder) = location.path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    Ok(location)
}
