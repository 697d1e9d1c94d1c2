//! Folders and repositories for tests.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// Copies a folder recursively.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// Runs git as a test author.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    let settings =
        ["user.name=A", "user.email=a@example.com", "commit.gpgsign=false", "core.autocrlf=false"];
    settings.iter().for_each(|setting| {
        command.args(["-c", setting]);
    });
    command.arg("-C").arg(folder).args(arguments);
    isolated(&mut command).output().unwrap()
}

/// Prevents git from reading the user's settings, and from using this project's repository, which contains the folder.
pub(crate) fn isolated(command: &mut Command) -> &mut Command {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    command
        .env("GIT_CEILING_DIRECTORIES", folder)
        .env("GIT_CONFIG_GLOBAL", folder.join("no-such-file"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("NO_COLOR")
}
