//! The two states that are compared: the document, its client and its evidence.

use anyhow::bail;
use codegen::{Generated, Scope};
use diff::{Evidence, Side, Sources};

use super::{base::Base, git::Commit};
use crate::{
    codegen_command::{CLIENT, MOCK},
    isolation::Generator,
    linted::{self, Read},
    location::{DOCUMENT, Location},
    terminal::Style,
};

/// The folder of the vendor's messages, and the file of their errata.
const MESSAGES: &str = "spec/documented";
const ERRATA: &str = "spec/errata.toml";

/// The document with its client and its evidence.
pub(super) struct State {
    name: String,
    text: String,
    client: Client,
    evidence: Option<Evidence>,
}

/// The sources of the client.
struct Client {
    types: String,
    operations: String,
    mock: String,
}

impl From<Generated> for Client {
    fn from(Generated { types, operations, support }: Generated) -> Self {
        Self { types, operations, mock: support.map(|it| it.mock).unwrap_or_default() }
    }
}

impl State {
    /// Returns the state of the workspace and that of the base.
    ///
    /// The client of a commit is the one that was committed, because that is what its users have. So a change of the
    /// generator shows too. The other clients are generated.
    pub(super) fn both(base: &Base, style: &Style) -> anyhow::Result<(Self, Self)> {
        let document = Location::in_workspace(DOCUMENT);
        let read = Read::of(&document)?;
        let generator = Generator::begin(&document.name, read.tree().ok(), Scope::All)?;
        let old = match base {
            Base::File(file) => Self::of_file(file, style)?,
            Base::Commit(commit) => Self::of_commit(commit, base.name(), style)?,
        };
        let (text, client) = generated(&document, &read, generator, style)?;
        let evidence = Some(evidence()?);
        Ok((Self { name: document.shown(), text, client, evidence }, old))
    }

    fn of_file(file: &Location, style: &Style) -> anyhow::Result<Self> {
        let read = Read::of(file)?;
        let generator = Generator::begin(&file.name, read.tree().ok(), Scope::All)?;
        let (text, client) = generated(file, &read, generator, style)?;
        Ok(Self { name: file.shown(), text, client, evidence: None })
    }

    fn of_commit(commit: &Commit, name: String, style: &Style) -> anyhow::Result<Self> {
        let messages = commit.files_below(MESSAGES)?;
        let (types, operations) = (format!("{CLIENT}/types.rs"), format!("{CLIENT}/operations.rs"));
        let fixed = [DOCUMENT.to_owned(), ERRATA.to_owned(), types, operations, MOCK.to_owned()];
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
            bail!("{} has no {DOCUMENT}; name another revision, or a document", commit.short());
        };
        let evidence = Evidence {
            messages: messages.collect(),
            errata_name: format!("{prefix}{ERRATA}"),
            errata: next().unwrap_or_default(),
            prefix: prefix.clone(),
        };
        let client = match (next(), next(), next()) {
            (Some(types), Some(operations), mock) => {
                Client { types, operations, mock: mock.unwrap_or_default() }
            }
            _ => from_text(&name, &text, style)?,
        };
        Ok(Self { name, text, client, evidence: Some(evidence) })
    }

    pub(super) fn side(&self) -> Side<'_> {
        let Client { types, operations, mock } = &self.client;
        Side {
            name: &self.name,
            text: &self.text,
            sources: Sources { types, operations, mock },
            evidence: self.evidence.as_ref(),
        }
    }
}

/// Returns the text of a document without errors, and its client.
fn generated(
    document: &Location,
    read: &Read,
    generator: Generator<'_>,
    style: &Style,
) -> anyhow::Result<(String, Client)> {
    let Some(valid) = linted::valid_document(document, read, style)? else {
        bail!("{} or its evidence has errors; correct them first", document.shown());
    };
    let text = valid.tree.text();
    match generator.generate(text)? {
        Ok(generated) => Ok((text.to_owned(), generated.into())),
        Err(diagnostics) => {
            linted::report(document, text, diagnostics, style);
            bail!("no client can be generated from {}; correct it first", document.shown());
        }
    }
}

/// Generates the client of a document that is not in a file.
fn from_text(name: &str, text: &str, style: &Style) -> anyhow::Result<Client> {
    if !linted::is_valid(name, text, style) {
        bail!("{name} has errors, and its commit has no client; name another base");
    }
    let generator = Generator::begin(name, None, Scope::All)?;
    match generator.generate(text)? {
        Ok(generated) => Ok(generated.into()),
        Err(_) => bail!("no client can be generated from {name}; name another base"),
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
