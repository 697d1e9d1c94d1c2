//! The tools that steps need.

use std::{env, io, process::Stdio};

use crate::{manifest, process};

/// A tool that a step needs.
#[derive(Clone, Copy)]
pub(super) enum Need {
    /// A cargo subcommand, which is installed automatically if it is missing.
    Installed { name: &'static str, version: &'static str },
    /// A program that the user has to install, with the command or web page to install it from.
    Program { name: &'static str, source: &'static str },
    /// Chromium or Chrome: the executable in `CHROMIUM`, or one on the `PATH`.
    Browser,
    /// The oldest compiler that the client supports, as its `rust-version` states.
    OldestCompiler,
    /// The standard library of a target.
    Target(&'static str),
}

/// The remedy for a missing tool.
pub(super) enum Remedy {
    /// Install it with this command.
    Install(String),
    /// Ask the user to install it, with these instructions.
    Ask(String),
}

impl Need {
    /// Returns how to install the tool, or `None` if it is already installed.
    pub(super) fn remedy(self) -> anyhow::Result<Option<Remedy>> {
        let ask =
            |missing: String, source: String| Some(Remedy::Ask(format!("{missing}: {source}")));
        Ok(match self {
            Self::Installed { name, .. } | Self::Program { name, .. }
                if responds(&[name, "--version"]) =>
            {
                None
            }
            Self::Installed { name, version } => {
                Some(Remedy::Install(format!("cargo install --quiet --locked {name}@{version}")))
            }
            Self::Program { name, source } => ask(name.to_owned(), source.to_owned()),
            Self::Browser => match has_browser() {
                true => None,
                false => ask(
                    "a browser".to_owned(),
                    "install Chromium, or set CHROMIUM to the path of its executable".to_owned(),
                ),
            },
            Self::OldestCompiler => {
                let version = manifest::read()?.rust_version;
                match responds(&["rustup", "run", &version, "cargo", "--version"]) {
                    true => None,
                    false => ask(
                        format!("Rust {version}"),
                        format!("rustup toolchain install {version} --profile minimal"),
                    ),
                }
            }
            Self::Target(name) => match has_target(name)? {
                true => None,
                false => ask(format!("the target {name}"), format!("rustup target add {name}")),
            },
        })
    }
}

fn has_browser() -> bool {
    const NAMES: [&str; 4] =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    env::var_os("CHROMIUM").is_some() || NAMES.iter().any(|name| responds(&[name, "--version"]))
}

/// Returns true if the command starts and succeeds.
fn responds(command: &[&str]) -> bool {
    let [program, arguments @ ..] = command else { return false };
    let mut command = process::command(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn has_target(name: &str) -> anyhow::Result<bool> {
    let installed = process::command("rustup").args(["target", "list", "--installed"]).output();
    match installed {
        Ok(installed) => {
            Ok(String::from_utf8_lossy(&installed.stdout).lines().any(|line| line == name))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(anyhow::Error::new(error).context("cannot run rustup")),
    }
}
