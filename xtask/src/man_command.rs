//! `cargo xtask man` writes manual pages for the tasks.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;

use crate::{location::Location, print};

#[derive(clap::Args)]
#[command(after_help = "Exit status: 0 success, 2 usage or I/O error")]
pub(crate) struct Arguments {
    /// The folder for the pages, such as ~/.local/share/man/man1
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// Writes a page for `cargo xtask` and one for each task.
pub(crate) fn run(arguments: &Arguments, command: clap::Command) -> anyhow::Result<ExitCode> {
    let folder = Location::given(&arguments.folder);
    folder.check_folder()?;
    let command = command.name("cargo-xtask").bin_name("cargo xtask");
    clap_mangen::generate_to(command, &folder.path)
        .with_context(|| format!("cannot write to {}", folder.path.display()))?;
    print::out(&format!("wrote the pages to {}; see `man cargo-xtask`\n", folder.path.display()))?;
    Ok(ExitCode::SUCCESS)
}
