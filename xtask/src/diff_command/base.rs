//! Finds the base of the comparison.

use std::path::Path;

use anyhow::bail;

use super::git::Commit;
use crate::location::{DOCUMENT, Location};

/// The base of the comparison.
pub(super) enum Base {
    /// A document.
    File(Location),
    /// The workspace at a commit.
    Commit(Commit),
}

impl Base {
    /// Finds the base that the user specified, or the merge base of this branch and the main branch.
    pub(super) fn find(named: Option<&str>) -> anyhow::Result<Self> {
        match named {
            None => Commit::at_merge_base().map(Self::Commit),
            Some("") => bail!("`--base` is empty; specify a revision or a document"),
            Some(name) if Path::new(name).is_file() => {
                Ok(Self::File(Location::given(Path::new(name))))
            }
            Some(name) => Commit::named(name).map(Self::Commit),
        }
    }

    /// Returns the name of the document to show in the report.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(location) => location.shown(),
            Self::Commit(commit) => format!("{}:{DOCUMENT}", commit.short()),
        }
    }
}
