//! The files of the document and its evidence.

use anyhow::{anyhow, bail};
use document::{Diagnostic, Tree};
use evidence::{
    File, Files,
    documented::{self, Evidence},
};
use std::collections::BTreeMap;
use xtask::render::Source;

use crate::location::{DOCUMENT, Location};

/// The folder of the document.
const FOLDER: &str = "spec";

/// The contents of the document, the index and the errata, and the messages by name.
pub(crate) struct EvidenceFiles {
    pub(crate) document: String,
    pub(crate) index: String,
    pub(crate) errata: String,
    messages: BTreeMap<String, Vec<u8>>,
}

impl EvidenceFiles {
    pub(crate) fn read() -> anyhow::Result<Self> {
        let text = |file: &str| Location::in_workspace(&format!("{FOLDER}/{file}")).read();
        let folder = location(&File::Message(String::new()));
        let names = Location::in_workspace(&format!("{FOLDER}/{}", documented::FOLDER));
        let names = names.files_below()?.into_iter();
        let messages = names.map(|name| Ok((name.clone(), folder.below(&name).read_bytes()?)));
        Ok(Self {
            document: Location::in_workspace(DOCUMENT).read()?,
            index: text(documented::INDEX)?,
            errata: text(documented::ERRATA)?,
            messages: messages.collect::<anyhow::Result<_>>()?,
        })
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source::new(DOCUMENT, self.document.as_bytes())
    }

    /// Parses the document.
    pub(crate) fn tree(&self) -> anyhow::Result<Tree> {
        let tree = document::read(self.document.as_bytes());
        tree.map_err(|error| anyhow!("{DOCUMENT}: {}; run `cargo xtask lint`", error.message))
    }

    /// Parses the evidence.
    pub(crate) fn evidence(&self) -> anyhow::Result<Evidence> {
        let message = |file: &str| self.messages.get(file).cloned();
        let evidence = Evidence::parse(&self.index, &self.errata, message);
        evidence.map_err(|problem| anyhow!("{problem}; run `cargo xtask lint`"))
    }

    /// Parses the evidence. Fails if it has problems, because pages are compared with the recorded messages.
    pub(crate) fn evidence_without_problems(&self) -> anyhow::Result<Evidence> {
        let evidence = self.evidence()?;
        match evidence.problems().first() {
            Some(problem) => bail!("{problem}; run `cargo xtask lint`"),
            None => Ok(evidence),
        }
    }

    /// Returns a copy with a new index and some changed messages.
    pub(crate) fn with(&self, index: String, changed: &BTreeMap<String, String>) -> Self {
        let mut messages = self.messages.clone();
        let changed = changed.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        messages.extend(changed);
        let (document, errata) = (self.document.clone(), self.errata.clone());
        Self { document, index, errata, messages }
    }

    /// Compares the document with its evidence, and returns the diagnostics by file.
    pub(crate) fn problems(&self) -> BTreeMap<File, Vec<Diagnostic>> {
        let folder: Vec<String> = self.messages.keys().cloned().collect();
        let files = Files {
            document: &self.document,
            index: &self.index,
            errata: &self.errata,
            folder: &folder,
            message: &|file| self.messages.get(file).cloned(),
        };
        let mut problems: BTreeMap<File, Vec<Diagnostic>> = BTreeMap::new();
        for (file, problem) in evidence::check_past_errata(&files) {
            problems.entry(file).or_default().push(problem);
        }
        problems
    }

    /// Returns the name and the content of a file.
    pub(crate) fn content(&self, file: &File) -> (String, &[u8]) {
        let content = match file {
            File::Document => self.document.as_bytes(),
            File::Index => self.index.as_bytes(),
            File::Errata => self.errata.as_bytes(),
            File::Message(name) => {
                self.messages.get(name).map_or_else(Default::default, Vec::as_slice)
            }
        };
        (name(file), content)
    }
}

fn name(file: &File) -> String {
    file.path().map_or_else(|| DOCUMENT.to_owned(), |path| format!("{FOLDER}/{path}"))
}

/// Returns the location of a file in the workspace.
pub(crate) fn location(file: &File) -> Location {
    Location::in_workspace(name(file).trim_end_matches('/'))
}
