//! The location of a file that a command reads or writes.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow, bail};
use document::text::is_utf_16;

/// The name of the document of this project.
pub(crate) const DOCUMENT: &str = "spec/partner-center.yaml";

/// A file: its path as the user gave it, and a name that is the same on every machine.
pub(crate) struct Location {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
}

impl Location {
    /// Locates a file in the workspace.
    pub(crate) fn in_workspace(name: &str) -> Self {
        Self { path: workspace().join(name), name: name.to_owned() }
    }

    /// Locates the file that the user specified, or a default file in the workspace.
    pub(crate) fn given_or(given: Option<&Path>, default: &str) -> Self {
        given.map_or_else(|| Self::in_workspace(default), Self::given)
    }

    /// Locates a file that the user specified, relative to the current folder.
    pub(crate) fn given(path: &Path) -> Self {
        Self { path: path.to_owned(), name: portable_name(path) }
    }

    /// Locates a file in this folder.
    pub(crate) fn below(&self, name: &str) -> Self {
        Self { path: self.path.join(name), name: format!("{}/{name}", self.name) }
    }

    /// Fails if this is not an existing folder, so that no files can be written to it.
    pub(crate) fn check_folder(&self) -> anyhow::Result<()> {
        let path = self.shown();
        match fs::metadata(&self.path) {
            Ok(found) if found.is_dir() => Ok(()),
            Ok(_) => bail!("{path} is not a folder; choose a folder for the output"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                bail!("there is no folder {path}; create it, or choose another output")
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
        }
    }

    /// Returns the name to print, which the user or an editor can use to find the file.
    pub(crate) fn shown(&self) -> String {
        match self.path.starts_with(workspace()) {
            true => self.name.clone(),
            false => self.path.to_string_lossy().into_owned(),
        }
    }

    pub(crate) fn read_bytes(&self) -> anyhow::Result<Vec<u8>> {
        if self.path.is_dir() {
            bail!("{} is a folder; specify the files in it", self.shown());
        }
        fs::read(&self.path).with_context(|| format!("cannot read {}", self.shown()))
    }

    pub(crate) fn read(&self) -> anyhow::Result<String> {
        let path = self.shown();
        let bytes = fs::read(&self.path).with_context(|| format!("cannot read {path}"))?;
        if is_utf_16(&bytes) {
            bail!("{path} is UTF-16; save it as UTF-8");
        }
        String::from_utf8(bytes).map_err(|_| anyhow!("{path} is not UTF-8; save it as UTF-8"))
    }

    pub(crate) fn read_if_exists(&self) -> anyhow::Result<Option<String>> {
        match fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Ok(found) if !found.is_file() => {
                bail!("{} is not a regular file; choose another output", self.shown())
            }
            _ => self.read().map(Some),
        }
    }

    /// Returns the paths of all files in this folder and its subfolders, relative to it and with forward slashes.
    pub(crate) fn files_below(&self) -> anyhow::Result<Vec<String>> {
        let mut names = Vec::new();
        collect(&self.path, "", &mut names)
            .with_context(|| format!("cannot read {}", self.shown()))?;
        names.sort();
        Ok(names)
    }
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // A link to a folder counts as a file here, so links cannot form a cycle.
        match entry.file_type()?.is_dir() {
            true => collect(&entry.path(), &format!("{name}/"), names)?,
            false => names.push(name),
        }
    }
    Ok(())
}

/// Returns the path relative to the workspace, with forward slashes. For a file outside the workspace, returns only the
/// file name. Both are the same on every machine.
fn portable_name(path: &Path) -> String {
    let absolute = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let workspace = fs::canonicalize(workspace()).unwrap_or_else(|_| workspace());
    match absolute.strip_prefix(workspace) {
        Ok(path) => path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"),
        Err(_) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

/// Returns the root of the workspace.
pub(crate) fn workspace() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().expect("xtask is a folder of the workspace").to_owned()
}
