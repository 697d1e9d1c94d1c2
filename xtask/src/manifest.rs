//! Reads the versions in the workspace manifest.

use anyhow::Context as _;
use semver::Version;
use serde::Deserialize;

use crate::location::Location;

/// The file name of the manifest.
pub(crate) const MANIFEST: &str = "Cargo.toml";

/// The version of the client, and the oldest compiler that can build it.
pub(crate) struct Package {
    pub(crate) version: Version,
    pub(crate) rust_version: String,
}

#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    package: Versions,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Versions {
    version: String,
    rust_version: String,
}

/// Reads the workspace manifest.
pub(crate) fn read() -> anyhow::Result<Package> {
    let text = Location::in_workspace(MANIFEST).read()?;
    let context = || format!("cannot read the versions in {MANIFEST}");
    let manifest: Manifest = toml::from_str(&text).with_context(context)?;
    let Versions { version, rust_version } = manifest.workspace.package;
    Ok(Package { version: Version::parse(&version).with_context(context)?, rust_version })
}
