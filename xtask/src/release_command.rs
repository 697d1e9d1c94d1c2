//! `cargo xtask release` prepares a release of the client: its version, its notes and its package.

mod agreement;
mod changelog;
mod package;

use std::process::ExitCode;

use clap::Subcommand;
use semver::Version;

use self::{
    agreement::GUIDE,
    changelog::{CHANGELOG, Changelog},
};
use crate::{location::Location, manifest, print};

/// The exit status if versions disagree, the version is not released, or the package does not compile.
const FAILED: u8 = 1;

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 success, 1 the versions disagree, the version is not released, or the package does \
                  not compile, 2 usage or I/O error"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check that the changelog, the manifest and the user guide agree on the version
    Check {
        /// A release tag, which must match the version and its changelog section
        #[arg(long, value_name = "TAG")]
        tag: Option<String>,
    },
    /// Print the changelog section for the version in the manifest
    Notes,
    /// Compile the packaged client outside the workspace, with all features
    Build {
        /// The rustup toolchain to use [default: the `rust-version` in the manifest]
        #[arg(long, value_name = "NAME")]
        toolchain: Option<String>,
    },
}

/// Runs a release task.
pub(crate) fn run(Arguments { task }: &Arguments) -> anyhow::Result<ExitCode> {
    match task {
        Task::Check { tag } => check(tag.as_deref()),
        Task::Notes => notes(),
        Task::Build { toolchain } => package::build(toolchain.as_deref()),
    }
}

fn check(tag: Option<&str>) -> anyhow::Result<ExitCode> {
    let version = manifest::read()?.version;
    let problems = agreement::problems(&version, tag)?;
    for problem in &problems {
        print::error(problem);
    }
    if !problems.is_empty() {
        return Ok(ExitCode::from(FAILED));
    }
    let text = Location::in_workspace(CHANGELOG).read()?;
    let state = match Changelog::parse(&text).section(&version) {
        Some(_) => "",
        None => ", which is not released",
    };
    print::out(&format!("{CHANGELOG} and {GUIDE} agree with version {version}{state}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn notes() -> anyhow::Result<ExitCode> {
    let version = manifest::read()?.version;
    let text = Location::in_workspace(CHANGELOG).read()?;
    let changelog = Changelog::parse(&text);
    match agreement::released(&changelog, &version) {
        Ok(section) => {
            print::out(&format!("{}\n", section.body))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problem) => {
            print::error(problem);
            Ok(ExitCode::from(FAILED))
        }
    }
}

/// Returns the tag of a version.
fn tag_of(version: &Version) -> String {
    format!("v{version}")
}
