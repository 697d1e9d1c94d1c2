//! Compiles the packaged client as its users do: outside the workspace, with a compiler of their choice.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Context as _, bail};

use super::FAILED;
use crate::{location, manifest, print, process};

/// The name of the package.
const PACKAGE: &str = "partner-center-client";

/// Packages the client, and compiles the package with all features in a folder outside the workspace.
pub(super) fn build(toolchain: Option<&str>) -> anyhow::Result<ExitCode> {
    let manifest = manifest::read()?;
    let toolchain = toolchain.unwrap_or(&manifest.rust_version);
    require(toolchain)?;
    let target = location::workspace().join("target").join("packaged");
    let mut package = process::command("cargo");
    package.args(["package", "--package", PACKAGE, "--allow-dirty", "--no-verify", "--quiet"]);
    if !succeeds(package.arg("--target-dir").arg(&target))? {
        return Ok(ExitCode::from(FAILED));
    }
    let name = format!("{PACKAGE}-{}", manifest.version);
    let folder = Folder::create()?;
    unpack(&target.join("package").join(format!("{name}.crate")), &folder.0)?;
    let mut build = process::command("cargo");
    // A warning from a compiler other than the pinned one is not an error.
    build.env_remove("RUSTFLAGS");
    build.arg(format!("+{toolchain}")).args([
        "build",
        "--locked",
        "--all-features",
        "--target-dir",
    ]);
    if !succeeds(build.arg(&target).current_dir(folder.0.join(&name)))? {
        return Ok(ExitCode::from(FAILED));
    }
    print::out(&format!("{name} compiles with Rust {toolchain} and all features\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Fails if rustup does not have the toolchain.
fn require(toolchain: &str) -> anyhow::Result<()> {
    let mut command = process::command("rustup");
    command
        .args(["run", toolchain, "cargo", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => bail!(
            "there is no toolchain {toolchain}; run `rustup toolchain install {toolchain} --profile minimal`, \
             or choose another one with `--toolchain`"
        ),
        Err(error) => Err(error).context("cannot run rustup"),
    }
}

/// Unpacks a package. Every system that the project is developed on has `tar`.
fn unpack(archive: &Path, folder: &Path) -> anyhow::Result<()> {
    let mut tar = process::command("tar");
    match succeeds(tar.arg("-xf").arg(archive).arg("-C").arg(folder))? {
        true => Ok(()),
        false => bail!("cannot unpack {}", archive.display()),
    }
}

fn succeeds(command: &mut Command) -> anyhow::Result<bool> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {program}"))?;
    Ok(status.success())
}

/// A temporary folder, which is removed when this value is dropped.
struct Folder(PathBuf);

impl Folder {
    fn create() -> anyhow::Result<Self> {
        let folder = env::temp_dir().join(format!("{PACKAGE}-{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The system eventually removes what is left.
        fs::remove_dir_all(&self.0).ok();
    }
}
