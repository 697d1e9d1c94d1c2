//! The messages in the vendor's documentation, unchanged, and the errata that correct them.

mod entry;
mod errata;
mod folder;
pub mod http;
pub(crate) mod parts;
mod problem;
mod repaired;
mod tokens;
pub mod variant;

use std::collections::BTreeMap;

use document::text::is_utf_16;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    malformed,
    rules::{CHANGED_MESSAGE, INVALID_INDEX},
};

pub use entry::holds_token;
pub use errata::Erratum;
pub use problem::{Difference, Location, Part, Problem};
pub use repaired::{Origin, Repaired, Source};
pub use tokens::tokens;

/// The folder of the messages, relative to `spec`.
pub const FOLDER: &str = "documented";
/// The index of the messages, relative to `spec`.
pub const INDEX: &str = "documented/index.toml";
/// The file of the errata, relative to `spec`.
pub const ERRATA: &str = "errata.toml";

/// The default name of the example that equals a message.
pub(crate) const DOCUMENTED: &str = "documented";

/// The evidence for a document: the vendor's messages and their errata.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    pub messages: Vec<Message>,
    /// The errata, in the order in which they apply.
    pub errata: Vec<Erratum>,
    /// The files in the folder that are not in the index, by name.
    pub unlisted: BTreeMap<String, Vec<u8>>,
}

/// A request or a response, byte for byte as the vendor's page prints it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The name of the file in `spec/documented`.
    pub file: String,
    /// The `operationId`; `None` for a response that operations share.
    pub operation: Option<String>,
    pub status: Option<u16>,
    /// The name of the document's example that equals the body; by default `documented`.
    #[serde(default = "documented")]
    pub example: String,
    /// The component that is the schema of the body, for a response that operations share.
    pub schema: Option<String>,
    pub page: String,
    pub title: String,
    /// The expected SHA-256 digest of the file, in hexadecimal.
    pub sha256: String,
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

fn documented() -> String {
    DOCUMENTED.to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    #[serde(default)]
    message: Vec<Message>,
}

impl Evidence {
    /// Parses the index and the errata, and reads each message with `read`, which returns `None` for a missing file.
    pub fn parse(
        index: &str,
        errata: &str,
        read: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, Problem> {
        Self::in_folder(&[], index, errata, read).map_err(|mut problems| problems.swap_remove(0))
    }

    /// Does the same as [`Self::parse`], given the names of all files in the folder. Returns a problem for each missing
    /// file.
    pub(crate) fn in_folder(
        folder: &[String],
        index: &str,
        errata: &str,
        read: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, Vec<Problem>> {
        let mut messages = self::index(index).map_err(|problem| vec![problem])?;
        let unlisted = folder::unlisted(folder, &messages, &read);
        let mut missing = Vec::new();
        for (index, message) in messages.iter_mut().enumerate() {
            match read(&message.file) {
                Some(bytes) => message.bytes = bytes,
                None => missing.push(message.missing(index, &unlisted)),
            }
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        let errata = errata::parse(errata).map_err(|problem| vec![problem])?;
        Ok(Self { messages, errata, unlisted })
    }

    /// Checks the messages and the errata, without the document.
    ///
    /// Changed messages are reported alone, because the change may also prevent their errata from applying.
    pub fn problems(&self) -> Vec<Problem> {
        let messages = self.messages.iter().enumerate();
        let changed: Vec<Problem> =
            messages.filter_map(|(index, message)| message.changed(index)).collect();
        if !changed.is_empty() {
            return changed;
        }
        let messages = self.messages.iter().enumerate();
        let invalid = messages.flat_map(|(index, message)| message.invalid(index));
        invalid.chain(errata::problems(self)).collect()
    }

    /// Skips the errata that do not apply to their messages. Returns a problem for each of them.
    pub(crate) fn leave_out_errata(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for message in self.messages.clone() {
            while let Err(problem) = self.repaired(&message) {
                let Location::Erratum(index, ..) = problem.location else { break };
                self.errata[index].is_left_out = true;
                problems.push(problem);
            }
        }
        problems
    }

    /// Applies the errata of a message, and returns its text, or the problem with the first erratum that does not
    /// apply.
    pub fn repaired(&self, message: &Message) -> Result<String, Problem> {
        self.traced(message).map(|repaired| repaired.text)
    }

    /// Applies the errata of a message, and records the origin of each byte.
    pub(crate) fn traced(&self, message: &Message) -> Result<Repaired, Problem> {
        let found = String::from_utf8(message.bytes.clone()).map_err(|_| message.not_utf_8())?;
        let errata = self.errata.iter().enumerate();
        let mut errata =
            errata.filter(|(_, erratum)| erratum.message == message.file && !erratum.is_left_out);
        errata.try_fold(Repaired::new(found), |mut text, (index, erratum)| {
            erratum.apply(index, &mut text)?;
            Ok(text)
        })
    }
}

fn index(text: &str) -> Result<Vec<Message>, Problem> {
    const FORM: &str = "give each `[[message]]` a `file`, its `operation`, the `status` of a response, and \
                        `page`, `title` and `sha256`; spec/README.md shows an entry";
    toml::from_str::<Index>(text).map(|index| index.message).map_err(|error| {
        let location = Location::Index(error.span().unwrap_or_default());
        Problem::new(&INVALID_INDEX, location, malformed::explain(text, &error, FORM))
    })
}

impl Message {
    /// Returns the `operationId`, if the message belongs to one operation.
    pub(crate) fn id(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// Returns the digest of the message, which equals `sha256` unless the message was changed.
    pub fn digest(&self) -> String {
        digest(&self.bytes)
    }

    fn changed(&self, index: usize) -> Option<Problem> {
        let (digest, file) = (self.digest(), &self.file);
        (!digest.eq_ignore_ascii_case(&self.sha256)).then(|| {
            let what = format!("the sha256 of `{file}` is {digest}");
            let location = Location::Entry(index, "sha256");
            if !is_digest(&self.sha256) {
                let help = "if the file still equals the page, write this digest";
                return Problem::new(&INVALID_INDEX, location, (what, help));
            }
            let help = "restore the page's text, and correct it with an erratum; if the page has changed, \
                        write this digest";
            Problem::new(&CHANGED_MESSAGE, location, (what, help))
        })
    }

    /// Reports that the file is not in the folder.
    fn missing(&self, index: usize, unlisted: &BTreeMap<String, Vec<u8>>) -> Problem {
        let what = format!("there is no file `{}`", self.file);
        let help = match folder::nearest_name(&self.file, unlisted.keys().map(String::as_str)) {
            Some(meant) => format!("write `{meant}`"),
            None => "restore it, or remove its entry from the index".to_owned(),
        };
        Problem::new(&INVALID_INDEX, Location::Entry(index, "file"), (what, help))
    }

    fn not_utf_8(&self) -> Problem {
        let location = Location::Message(self.file.clone(), Part::Start);
        let encoding = if is_utf_16(&self.bytes) { "UTF-16" } else { "not UTF-8" };
        let help = "save the page's text as UTF-8, and write its new digest to the index";
        Problem::new(&CHANGED_MESSAGE, location, (format!("`{}` is {encoding}", self.file), help))
    }
}

/// Returns the SHA-256 digest of a file, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
