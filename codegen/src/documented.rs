//! The messages that the vendor documents, as found, and the errata that repair them.

mod errata;
pub mod http;

use serde::Deserialize;
use sha2::{Digest, Sha256};

pub use errata::Erratum;

use crate::Problem;

/// The folder of the messages, as problems name it.
const FOLDER: &str = "spec/documented";

/// The inline example that repeats a message, unless the index names another.
pub(crate) const DOCUMENTED: &str = "documented";

/// What stands behind the document: the vendor's messages, and what is wrong with them.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The messages, in the order of the index.
    pub messages: Vec<Message>,
    /// The errata, in the order in which they apply.
    pub errata: Vec<Erratum>,
}

/// A request or a response, byte for byte as the vendor's page shows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The file's name in `spec/documented`.
    pub file: String,
    /// The `operationId`; absent if any operation may give this answer.
    pub operation: Option<String>,
    /// The status of a response; absent for a request.
    pub status: Option<u16>,
    /// The name of the document's example that repeats the body; `documented`, unless the index has another.
    #[serde(default = "documented")]
    pub example: String,
    /// The component schema of the body, for an answer that any operation may give.
    pub schema: Option<String>,
    /// The address of the page.
    pub page: String,
    /// The title of the page.
    pub title: String,
    /// The digest of the file, in hexadecimal.
    pub sha256: String,
    /// The file.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

fn documented() -> String {
    DOCUMENTED.to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    message: Vec<Message>,
}

impl Evidence {
    /// Reads the index and the errata, and each message by its file name.
    ///
    /// # Errors
    ///
    /// The first of these: the index or the errata do not parse, or `read` does not have a file.
    pub fn parse(
        index: &str,
        errata: &str,
        read: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, Problem> {
        let mut messages = self::index(index)?;
        for message in &mut messages {
            message.bytes = read(&message.file).ok_or_else(|| {
                Problem::new(message.place(), "not found; restore it, or take it out of index.toml")
            })?;
        }
        Ok(Self { messages, errata: errata::parse(errata)? })
    }

    /// What is wrong with the messages and the errata as such, the document aside.
    ///
    /// Changed messages are reported alone, for their errata may fail only because of the change.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let changed: Vec<Problem> = self.messages.iter().filter_map(Message::changed).collect();
        if changed.is_empty() { errata::problems(self) } else { changed }
    }

    /// A message after its errata.
    ///
    /// # Errors
    ///
    /// The first erratum that does not apply, or bytes that are not UTF-8.
    pub fn repaired(&self, message: &Message) -> Result<String, Problem> {
        let found = String::from_utf8(message.bytes.clone())
            .map_err(|_| Problem::new(message.place(), "not UTF-8; restore the page's text"))?;
        let mut errata = self.errata.iter().filter(|erratum| erratum.message == message.file);
        errata.try_fold(found, |text, erratum| erratum.apply(&text))
    }
}

fn index(text: &str) -> Result<Vec<Message>, Problem> {
    toml::from_str::<Index>(text)
        .map(|index| index.message)
        .map_err(|error| malformed(&format!("{FOLDER}/index.toml"), &error))
}

/// A TOML file of the evidence that does not parse.
fn malformed(file: &str, error: &toml::de::Error) -> Problem {
    Problem::new(file, format!("{}; see spec/README.md for its form", error.to_string().trim_end()))
}

impl Message {
    /// The file, as problems name it.
    pub(crate) fn place(&self) -> String {
        format!("{FOLDER}/{}", self.file)
    }

    /// The digest of the bytes, as the index has it while they are the page's.
    #[must_use]
    pub fn digest(&self) -> String {
        format!("{:x}", Sha256::digest(&self.bytes))
    }

    fn changed(&self) -> Option<Problem> {
        let (digest, indexed) = (self.digest(), &self.sha256);
        (digest != *indexed).then(|| {
            let message = format!(
                "its sha256 is {digest}, but {indexed} in the index; restore the page's text, and \
                 repair it with an erratum"
            );
            Problem::new(self.place(), message)
        })
    }
}
