//! Starts other programs in the workspace.

use std::{env, process::Command};

use crate::location;

/// Returns a command that runs a program in the workspace root.
///
/// Cargo describes the package of this program in environment variables that some build scripts depend on. A cargo
/// process that inherited them would recompile the packages with these build scripts.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(location::workspace());
    let describes_package = |name: &str| {
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO"
    };
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(describes_package) {
            command.env_remove(name);
        }
    }
    command
}
