//! Finds and reads the vendor's pages, and compares them with the document.

use std::{
    collections::HashSet,
    fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use conform::{Checked, Outcome, Page, Reference};
use indicatif::{ProgressBar, ProgressStyle};
use xtask::render::Source;

/// The extensions of the files in folders that are read as pages.
const ENDINGS: [&str; 3] = ["markdown", "md", "txt"];

/// The compared pages.
pub(crate) struct Pages {
    /// The pages that belong to the document, in the order in which they were read.
    pub(crate) relevant: Vec<PageFile>,
    /// The number of other pages.
    pub(crate) others: usize,
}

/// A page that belongs to the document, or that could not be compared.
pub(crate) struct PageFile {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
    pub(crate) checked: Checked,
}

impl PageFile {
    pub(crate) fn source(&self) -> Source<'_> {
        Source::new(&self.name, &self.content)
    }
}

/// Reads and compares all pages. Shows progress on a terminal.
pub(crate) fn checked(paths: &[PathBuf], reference: &Reference<'_>) -> anyhow::Result<Pages> {
    let files = files(paths)?;
    let progress = progress(files.len());
    let mut pages = Pages { relevant: Vec::new(), others: 0 };
    for path in files {
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = name(&path);
        let checked = reference.check(&Page { name: &name, content: &content });
        match checked.outcome {
            Outcome::Other => pages.others += 1,
            _ => pages.relevant.push(PageFile { name, content, checked }),
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    conform::group(pages.relevant.iter_mut().map(|page| &mut page.checked));
    Ok(pages)
}

/// Returns a progress bar, which is hidden unless standard error is a terminal.
fn progress(length: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{pos}/{len} pages {wide_bar}");
    let progress = ProgressBar::new(u64::try_from(length).unwrap_or(u64::MAX));
    match style {
        Ok(style) => progress.with_style(style),
        Err(_) => progress,
    }
}

/// Returns the pages at the paths, without duplicates.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        let cannot_read = || format!("cannot read {}", path.display());
        if !fs::metadata(path).with_context(cannot_read)?.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        collect(path, &mut files).with_context(cannot_read)?;
        if files.len() == before {
            bail!("{} has no .md, .markdown or .txt files; specify a page", path.display());
        }
    }
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    Ok(files)
}

/// Adds the pages in a folder and its subfolders, including hidden files, sorted by name.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // Links to folders are not followed, so they cannot form a cycle.
        if entry.file_type()?.is_dir() {
            collect(&path, files)?;
        } else if is_page(&path) && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

fn is_page(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|it| it.eq_ignore_ascii_case(ending)))
}

fn name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
