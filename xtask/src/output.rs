//! A generated file: its content on disk, and the content that it should have.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use document::conflicts;
use similar::TextDiff;

use crate::location::Location;

pub(crate) struct Output {
    location: Location,
    /// The path of the file after all symbolic links are followed.
    target: PathBuf,
    found: Option<Vec<u8>>,
    fresh: String,
}

impl Output {
    /// Reads the content on disk. Fails if the file could not be written later.
    pub(crate) fn new(location: Location, fresh: String) -> anyhow::Result<Self> {
        let target = target(&location.path)?;
        let found = read(&location.path, &target)?;
        Ok(Self { location, target, found, fresh })
    }

    pub(crate) fn name(&self) -> String {
        self.location.shown()
    }

    /// Returns true if writing would change the file. Ignores line endings, because Git and editors may change them.
    pub(crate) fn is_stale(&self) -> bool {
        let fresh = self.fresh.as_bytes();
        let is_fresh = |found: &Vec<u8>| found == fresh || with_unix_lines(found) == fresh;
        !self.found.as_ref().is_some_and(is_fresh)
    }

    /// Returns true if the path resolves to the same file as this output.
    pub(crate) fn is_same_file(&self, path: &Path) -> bool {
        let canonical = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        canonical(&self.target) == canonical(path)
    }

    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Returns the difference between the file on disk and the generated content.
    pub(crate) fn diff(&self) -> String {
        let name = self.name();
        let found = with_unix_lines(self.found.as_deref().unwrap_or_default());
        let found = String::from_utf8_lossy(&found);
        let diff = TextDiff::from_lines(&*found, &self.fresh);
        diff.unified_diff().header(&name, &format!("{name} (fresh)")).to_string()
    }

    /// Describes why the file is stale.
    pub(crate) fn problem(&self) -> String {
        let name = self.name();
        let Some(found) = &self.found else { return format!("{name} does not exist") };
        let Ok(found) = str::from_utf8(found) else { return format!("{name} is not UTF-8") };
        if let Some(conflict) = conflicts::first(found) {
            let line = found[..conflict.start].matches('\n').count() + 1;
            return format!("{name}:{line}: git could not merge two versions of the file");
        }
        let text = found.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        match text == self.fresh {
            true => format!("{name} has different line endings or a byte order mark"),
            false => format!("{name} is out of date"),
        }
    }

    /// Replaces the file atomically, so that no reader sees a partial file. A link stays a link.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        self.stage().and_then(|()| self.replace())
    }

    /// Writes the content to a temporary file next to the target.
    fn stage(&self) -> anyhow::Result<()> {
        let part = self.part();
        fs::write(&part, &self.fresh)
            .and_then(|()| keep_permissions(&self.target, &part))
            .inspect_err(|_| self.unstage())
            .with_context(|| format!("cannot write {}", self.location.path.display()))
    }

    fn unstage(&self) {
        fs::remove_file(self.part()).ok();
    }

    /// Moves the staged file to the target.
    fn replace(&self) -> anyhow::Result<()> {
        fs::rename(self.part(), &self.target)
            .inspect_err(|_| self.unstage())
            .with_context(|| format!("cannot write {}", self.location.path.display()))
    }

    /// Restores the content that the file had before it was replaced.
    fn restore(&self) {
        match &self.found {
            Some(found) => fs::write(&self.target, found).ok(),
            None => fs::remove_file(&self.target).ok(),
        };
    }

    fn part(&self) -> PathBuf {
        self.target.with_extension(format!("{}.part", std::process::id()))
    }
}

/// Writes all files, or none if one of them cannot be written.
pub(crate) fn write_all(outputs: &[Output]) -> anyhow::Result<()> {
    for (index, output) in outputs.iter().enumerate() {
        if let Err(error) = output.stage() {
            outputs[..index].iter().for_each(Output::unstage);
            return Err(error);
        }
    }
    for (index, output) in outputs.iter().enumerate() {
        if let Err(error) = output.replace() {
            outputs[index..].iter().for_each(Output::unstage);
            outputs[..index].iter().for_each(Output::restore);
            return Err(error);
        }
    }
    Ok(())
}

/// Follows a chain of links to a file, which need not exist.
fn target(path: &Path) -> anyhow::Result<PathBuf> {
    // Linux also treats a longer chain as a loop.
    const LONGEST: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..LONGEST {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    bail!("the symbolic links at {} form a loop; choose another output", path.display())
}

/// Returns the content of an output, or `None` if it does not exist. Fails if the output cannot be written.
fn read(path: &Path, target: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            check_folder(path, target).map(|()| None)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        Ok(found) if found.is_dir() => {
            bail!("{} is a folder; remove it, or choose another output", path.display())
        }
        Ok(found) if !found.is_file() => {
            bail!("{} is not a regular file; choose another output", path.display())
        }
        Ok(found) if found.permissions().readonly() => {
            bail!("{} is read-only; make it writable, or choose another output", path.display())
        }
        Ok(_) => {
            let content = fs::read(target);
            content.map(Some).with_context(|| format!("cannot read {}", path.display()))
        }
    }
}

fn check_folder(path: &Path, target: &Path) -> anyhow::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => bail!(
            "cannot write {}: there is no folder {}; create it, or choose another output",
            path.display(),
            folder.display()
        ),
        _ if target.file_name().is_none() => {
            bail!("{} is not a file name; choose another output", path.display())
        }
        _ => Ok(()),
    }
}

fn with_unix_lines(content: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(content.len());
    let mut rest = content;
    while let [first, others @ ..] = rest {
        if !rest.starts_with(b"\r\n") {
            lines.push(*first);
        }
        rest = others;
    }
    lines
}

fn keep_permissions(from: &Path, to: &Path) -> io::Result<()> {
    match fs::metadata(from) {
        Ok(found) => fs::set_permissions(to, found.permissions()),
        Err(_) => Ok(()),
    }
}
