//! Reads the version of the client.

use anyhow::{Context as _, bail};
use toml::Value;

use crate::location::Location;

/// The client's manifest, and the workspace manifest, from which it can inherit its version.
const CLIENT: &str = "generated-client/Cargo.toml";
const WORKSPACE: &str = "Cargo.toml";

/// Returns the version of the client.
pub(super) fn version() -> anyhow::Result<String> {
    let client = read(CLIENT)?;
    match client.get("package").and_then(|package| package.get("version")) {
        Some(Value::String(version)) => Ok(version.clone()),
        _ => {
            let workspace = read(WORKSPACE)?;
            let package = workspace.get("workspace").and_then(|it| it.get("package"));
            match package.and_then(|package| package.get("version")) {
                Some(Value::String(version)) => Ok(version.clone()),
                _ => bail!("neither {CLIENT} nor {WORKSPACE} has a `version`"),
            }
        }
    }
}

fn read(name: &str) -> anyhow::Result<toml::Table> {
    let text = Location::in_workspace(name).read()?;
    toml::from_str(&text).with_context(|| format!("cannot read {name}"))
}
