//! `cargo xtask release` prepares a release of the client: its version, its notes and its package.

mod agreement;
mod changelog;
mod package;

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use semver::Version;

use self::changelog::{CHANGELOG, Changelog};
use crate::{location::Location, manifest, print};

/// The exit status if versions disagree, or the package does not compile.
const FAILED: u8 = 1;

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 success, 1 the versions disagree or the package does not compile, \
                        2 usage or input/output"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check that the changelog, the manifest and the user guide agree on the version
    Check {
        /// The tag of a release, which must be the version's, and the newest section of the changelog
        #[arg(long, value_name = "TAG")]
        tag: Option<String>,
    },
    /// Print the section of the changelog for the version in the manifest
    Notes,
    /// Compile the packaged client outside the workspace, with all features
    Build {
        /// The toolchain of rustup [default: the `rust-version` in the manifest]
        #[arg(long, value_name = "NAME")]
        toolchain: Option<String>,
    },
}

/// Runs a task of a release.
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
    print::out(&format!("{CHANGELOG} agrees with version {version}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn notes() -> anyhow::Result<ExitCode> {
    let version = manifest::read()?.version;
    let text = Location::in_workspace(CHANGELOG).read()?;
    let changelog = Changelog::parse(&text);
    let Some(section) = changelog.section(&version) else {
        bail!("{CHANGELOG} has no section for version {version}; add `## {version} - YYYY-MM-DD`")
    };
    print::out(&format!("{}\n", section.body))?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the tag of a version.
fn tag_of(version: &Version) -> String {
    format!("v{version}")
}
