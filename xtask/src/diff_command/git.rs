//! Runs git to look up revisions and read their files.

use std::{
    ffi::OsStr,
    io::Write as _,
    process::{Command, Output, Stdio},
    thread,
};

use anyhow::{Context as _, bail};

use crate::location;

/// The possible names of the main branch, remote branches first, because a local branch may be outdated.
const MAIN: [&str; 5] = ["origin/HEAD", "origin/main", "main", "origin/master", "master"];

const INSTEAD: &str = "specify a document with `--base FILE` instead";

/// A commit.
pub(super) struct Commit {
    /// The full ID.
    pub(super) id: String,
    /// The path of the workspace in the repository, with a trailing slash unless it is empty.
    prefix: String,
}

impl Commit {
    /// Finds the merge base of the current branch and the main branch.
    pub(super) fn at_merge_base() -> anyhow::Result<Self> {
        let prefix = prefix()?;
        let main = MAIN.into_iter().find_map(|name| commit(name).transpose());
        let Some(main) = main.transpose()? else {
            bail!(
                "there is no main branch ({}); fetch it, or specify a revision with `--base REV`",
                MAIN.join(", ")
            );
        };
        let found = git(["merge-base", "--", &main, "HEAD"])?;
        if found.status.success() {
            return Ok(Self { id: line(&found), prefix });
        }
        if commit("HEAD")?.is_none() {
            bail!("this branch has no commits yet; specify a revision with `--base REV`");
        }
        match is_shallow()? {
            true => bail!(
                "this shallow clone lacks the merge base with the main branch; run \
                 `git fetch --unshallow`, or specify a revision with `--base REV`"
            ),
            false => bail!(
                "this branch and the main branch have no commit in common; specify a revision with `--base REV`"
            ),
        }
    }

    /// Finds the commit that a revision refers to.
    pub(super) fn named(revision: &str) -> anyhow::Result<Self> {
        let prefix = prefix()?;
        if let Some(id) = commit(revision)? {
            return Ok(Self { id, prefix });
        }
        match is_shallow()? {
            true => bail!(
                "`{revision}` is neither a file nor a revision in this shallow clone; fetch it, or run \
                 `git fetch --unshallow`"
            ),
            false => bail!(
                "`{revision}` is neither a file nor a revision; fetch it, or correct the name"
            ),
        }
    }

    /// Returns the abbreviated commit ID.
    pub(super) fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }

    /// Reads files from the commit. Returns `None` for a file that does not exist in it.
    pub(super) fn read(&self, names: &[String]) -> anyhow::Result<Vec<Option<Vec<u8>>>> {
        let requests: String =
            names.iter().map(|name| format!("{}:{}{name}\n", self.id, self.prefix)).collect();
        let output = git_with_input(["cat-file", "--batch"], requests)?;
        if !output.status.success() {
            bail!("git cannot read {}: {}; {INSTEAD}", self.short(), errors(&output));
        }
        let mut rest = output.stdout.as_slice();
        names
            .iter()
            .map(|name| object(&mut rest).with_context(|| format!("git did not return {name}")))
            .collect()
    }

    /// Returns the names of the commit's files below a workspace folder.
    pub(super) fn files_below(&self, folder: &str) -> anyhow::Result<Vec<String>> {
        let path = format!("{}{folder}", self.prefix);
        let output = git(["ls-tree", "-r", "-z", "--full-tree", "--name-only", &self.id, &path])?;
        if !output.status.success() {
            bail!("git cannot list {path}: {}", errors(&output));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let names = text.split('\0').filter_map(|name| name.strip_prefix(&self.prefix));
        Ok(names.filter(|name| !name.is_empty()).map(str::to_owned).collect())
    }
}

/// Takes the first object from the output of `git cat-file --batch`: a line with its type and size, then its content.
fn object(output: &mut &[u8]) -> Option<Option<Vec<u8>>> {
    let end = output.iter().position(|byte| *byte == b'\n')?;
    let head = String::from_utf8_lossy(&output[..end]).into_owned();
    *output = &output[end + 1..];
    if head.ends_with(" missing") {
        return Some(None);
    }
    let mut words = head.rsplit(' ');
    let size: usize = words.next()?.parse().ok()?;
    let is_file = words.next() == Some("blob");
    let content = output.get(..size)?.to_vec();
    *output = output.get(size + 1..)?;
    Some(is_file.then_some(content))
}

/// Returns the ID of the commit that a revision refers to, or `None` if there is no such revision.
fn commit(revision: &str) -> anyhow::Result<Option<String>> {
    let revision = format!("{revision}^{{commit}}");
    let output = git(["rev-parse", "--verify", "--quiet", "--end-of-options", &revision])?;
    Ok(output.status.success().then(|| line(&output)))
}

fn prefix() -> anyhow::Result<String> {
    let output = git(["rev-parse", "--show-prefix"])?;
    match output.status.success() {
        true => Ok(line(&output)),
        false => bail!("this folder is not in a git repository ({}); {INSTEAD}", errors(&output)),
    }
}

fn is_shallow() -> anyhow::Result<bool> {
    Ok(line(&git(["rev-parse", "--is-shallow-repository"])?) == "true")
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\r', '\n']).to_owned()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().replace('\n', " ")
}

fn git<const N: usize>(arguments: [impl AsRef<OsStr>; N]) -> anyhow::Result<Output> {
    git_with_input(arguments, String::new())
}

fn git_with_input<const N: usize>(
    arguments: [impl AsRef<OsStr>; N],
    input: String,
) -> anyhow::Result<Output> {
    let mut command = Command::new("git");
    command.arg("-C").arg(location::workspace()).args(arguments).env("LC_ALL", "C");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = command.spawn();
    let mut child = start.with_context(|| format!("cannot start git; install it, or {INSTEAD}"))?;
    let stdin = child.stdin.take();
    // Git writes output while it reads input, so both pipes must be served at the same time to avoid a deadlock.
    let writer =
        thread::spawn(move || stdin.and_then(|mut it| it.write_all(input.as_bytes()).ok()));
    let output = child.wait_with_output().context("cannot wait for git")?;
    // Writing fails if git has exited; its exit status then shows the problem.
    writer.join().ok();
    Ok(output)
}
