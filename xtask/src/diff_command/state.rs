//! The states that are compared: each is a document with its client, its evidence and its declared breaks.

use anyhow::bail;
use codegen::{Generated, Scope};
use diff::{Api, Evidence, Side, Sources};
use document::Tree;

use super::{base::Base, git::Commit};
use crate::{
    codegen_command::{CLIENT, EXAMPLES, MOCK},
    isolation::Generator,
    linted::{self, Read},
    location::{DOCUMENT, Location},
    terminal::Style,
};

/// The file that declares breaks.
pub(super) const BREAKS: &str = "spec/breaks.toml";

/// The folder with the vendor's messages, and the file with their errata.
const MESSAGES: &str = "spec/documented";
const ERRATA: &str = "spec/errata.toml";

/// A document with its client, its evidence and its declared breaks.
pub(crate) struct State {
    /// The commit ID, or `None` if the document was read from a file.
    commit: Option<String>,
    name: String,
    tree: Tree,
    api: Api,
    /// The evidence. Only the workspace and its commits have evidence and declared breaks.
    evidence: Option<Evidence>,
    pub(super) breaks: String,
}

impl State {
    /// Reads the workspace, and generates its client.
    pub(super) fn of_workspace(style: &Style) -> anyhow::Result<Self> {
        let (tree, generated) = generated(&Location::in_workspace(DOCUMENT), style)?;
        Self::of_generated(tree, &generated)
    }

    /// Reads the workspace, whose document was already read and whose client was just generated.
    pub(crate) fn of_generated(tree: Tree, generated: &Generated) -> anyhow::Result<Self> {
        let breaks = Location::in_workspace(BREAKS).read_if_exists()?.unwrap_or_default();
        let name = Location::in_workspace(DOCUMENT).shown();
        let (api, evidence) = (api(generated)?, Some(evidence()?));
        Ok(Self { commit: None, name, tree, api, evidence, breaks })
    }

    /// Reads the base.
    ///
    /// For a commit, uses the committed client, because that is what users have. So the report also shows the effects
    /// of changes to the generator. If there is no committed client, generates one.
    pub(super) fn of_base(base: &Base, style: &Style) -> anyhow::Result<Self> {
        match base {
            Base::File(file) => Self::of_file(file, style),
            Base::Commit(commit) => Self::of_commit(commit, base.name(), style),
        }
    }

    fn of_file(file: &Location, style: &Style) -> anyhow::Result<Self> {
        let (tree, generated) = generated(file, style)?;
        let (name, api, breaks) = (file.shown(), api(&generated)?, String::new());
        Ok(Self { commit: None, name, tree, api, evidence: None, breaks })
    }

    fn of_commit(commit: &Commit, name: String, style: &Style) -> anyhow::Result<Self> {
        let messages = commit.files_below(MESSAGES)?;
        let (types, operations) = (format!("{CLIENT}/types.rs"), format!("{CLIENT}/operations.rs"));
        let fixed =
            [DOCUMENT, ERRATA, BREAKS, &types, &operations, MOCK, EXAMPLES].map(str::to_owned);
        let names: Vec<String> = fixed.into_iter().chain(messages.iter().cloned()).collect();
        let mut contents = commit.read(&names)?;
        let of_messages = contents.split_off(names.len() - messages.len());
        let messages = messages.into_iter().zip(of_messages);
        let prefix = format!("{}:", commit.short());
        let messages =
            messages.filter_map(|(name, content)| Some((format!("{prefix}{name}"), content?)));
        let mut texts = contents
            .into_iter()
            .map(|content| content.map(|content| String::from_utf8_lossy(&content).into_owned()));
        let mut next = || texts.next().flatten();
        let Some(text) = next() else {
            bail!("{} has no {DOCUMENT}; specify another revision, or a document", commit.short());
        };
        let evidence = Evidence {
            messages: messages.collect(),
            errata_name: format!("{prefix}{ERRATA}"),
            errata: next().unwrap_or_default(),
            prefix: prefix.clone(),
        };
        let breaks = next().unwrap_or_default();
        let tree = diff::read(&name, &text).map_err(anyhow::Error::msg)?;
        let api = match (next(), next(), next(), next()) {
            (Some(types), Some(operations), mock, examples) => {
                let (mock, examples) = (mock.unwrap_or_default(), examples.unwrap_or_default());
                let (types, operations, mock, examples) = (&types, &operations, &mock, &examples);
                let sources = Sources { types, operations, mock, examples };
                sources.api().map_err(anyhow::Error::msg)?
            }
            _ => api(&from_tree(&name, &tree, style)?)?,
        };
        let commit = Some(commit.id.clone());
        Ok(Self { commit, name, tree, api, evidence: Some(evidence), breaks })
    }

    /// Returns true if this state is of the same commit as the base. Returns false for a file, which may have changed.
    pub(super) fn is_of(&self, base: &Base) -> bool {
        match base {
            Base::File(_) => false,
            Base::Commit(commit) => self.commit.as_ref() == Some(&commit.id),
        }
    }

    pub(super) fn side(&self) -> Side<'_> {
        let Self { name, tree, api, evidence, .. } = self;
        Side { name, tree, api, evidence: evidence.as_ref() }
    }
}

/// Returns the public items of a client.
fn api(Generated { types, operations, support }: &Generated) -> anyhow::Result<Api> {
    let support = support.as_ref();
    let mock = support.map_or("", |support| &support.mock);
    let examples = support.map_or("", |support| &support.examples);
    Sources { types, operations, mock, examples }.api().map_err(anyhow::Error::msg)
}

/// Reads a document, and generates its client. Fails if the document has errors.
fn generated(document: &Location, style: &Style) -> anyhow::Result<(Tree, Generated)> {
    let read = Read::of(document)?;
    let generator = Generator::begin(&document.name, read.tree().ok(), Scope::All)?;
    let generated = match linted::valid_document(document, &read, style)? {
        Some(valid) => linted::generated(generator, document, &valid, style)?,
        None => bail!("{} or its evidence has errors; correct them first", document.shown()),
    };
    match (read.into_tree(), generated) {
        (Ok(tree), Some(generated)) => Ok((tree, generated)),
        _ => bail!("no client can be generated from {}; correct it first", document.shown()),
    }
}

/// Generates the client of a document that was not read from a file.
fn from_tree(name: &str, tree: &Tree, style: &Style) -> anyhow::Result<Generated> {
    if !linted::is_valid(name, tree.text(), style) {
        bail!("{name} has errors, and its commit has no client; choose another base");
    }
    let generator = Generator::begin(name, Some(tree), Scope::All)?;
    match generator.generate(tree.text())? {
        Ok(generated) => Ok(generated),
        Err(_) => bail!("no client can be generated from {name}; choose another base"),
    }
}

/// Reads the evidence of the workspace.
fn evidence() -> anyhow::Result<Evidence> {
    let folder = Location::in_workspace(MESSAGES);
    let names = if folder.path.is_dir() { folder.files_below()? } else { Vec::new() };
    let messages = names.into_iter().map(|name| {
        let file = folder.below(&name);
        anyhow::Ok((file.name.clone(), file.read_bytes()?))
    });
    Ok(Evidence {
        messages: messages.collect::<Result<_, _>>()?,
        errata_name: ERRATA.to_owned(),
        errata: Location::in_workspace(ERRATA).read_if_exists()?.unwrap_or_default(),
        prefix: String::new(),
    })
}
