//! The messages that the vendor documents, as found, and the errata that repair them.

mod errata;
mod flaw;
pub mod http;
mod repaired;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::rules::{CHANGED_MESSAGE, UNSOUND_INDEX};

pub use errata::Erratum;
pub use flaw::{Flaw, Part, Place};
pub(crate) use repaired::{Repaired, Source};

/// The folder of the messages below `spec`.
pub const FOLDER: &str = "documented";
/// The index of the messages below `spec`.
pub const INDEX: &str = "documented/index.toml";
/// The errata below `spec`.
pub const ERRATA: &str = "errata.toml";

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
    ) -> Result<Self, Flaw> {
        let mut messages = self::index(index)?;
        for (index, message) in messages.iter_mut().enumerate() {
            message.bytes = read(&message.file).ok_or_else(|| {
                let what = format!("there is no file `{}`", message.file);
                let help = "restore it, or take it out of the index";
                Flaw::new(&UNSOUND_INDEX, Place::Entry(index, "file"), (what, help))
            })?;
        }
        Ok(Self { messages, errata: errata::parse(errata)? })
    }

    /// What is wrong with the messages and the errata as such, the document aside.
    ///
    /// Changed messages are reported alone, for their errata may fail only because of the change.
    #[must_use]
    pub fn flaws(&self) -> Vec<Flaw> {
        let messages = self.messages.iter().enumerate();
        let changed: Vec<Flaw> =
            messages.filter_map(|(index, message)| message.changed(index)).collect();
        if changed.is_empty() { errata::flaws(self) } else { changed }
    }

    /// A message after its errata.
    ///
    /// # Errors
    ///
    /// The first erratum that does not apply, or bytes that are not UTF-8.
    pub fn repaired(&self, message: &Message) -> Result<String, Flaw> {
        self.traced(message).map(|repaired| repaired.text)
    }

    /// A message after its errata, with the origin of each byte.
    pub(crate) fn traced(&self, message: &Message) -> Result<Repaired, Flaw> {
        let found = String::from_utf8(message.bytes.clone()).map_err(|_| message.not_utf_8())?;
        let errata = self.errata.iter().enumerate();
        let mut errata = errata.filter(|(_, erratum)| erratum.message == message.file);
        errata.try_fold(Repaired::new(found), |mut text, (index, erratum)| {
            erratum.apply(index, &mut text)?;
            Ok(text)
        })
    }
}

fn index(text: &str) -> Result<Vec<Message>, Flaw> {
    toml::from_str::<Index>(text).map(|index| index.message).map_err(|error| {
        let place = Place::Index(error.span().unwrap_or_default());
        Flaw::new(&UNSOUND_INDEX, place, malformed(&error))
    })
}

/// Why a TOML file of the evidence does not parse, and where its form is described.
fn malformed(error: &toml::de::Error) -> (String, &'static str) {
    let message = error.message().lines().next().unwrap_or_default().to_owned();
    (message, "see spec/README.md for its form")
}

impl Message {
    /// The `operationId`, if the message belongs to one operation.
    pub(crate) fn id(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// The digest of the bytes, as the index has it while they are the page's.
    #[must_use]
    pub fn digest(&self) -> String {
        format!("{:x}", Sha256::digest(&self.bytes))
    }

    fn changed(&self, index: usize) -> Option<Flaw> {
        let (digest, file) = (self.digest(), &self.file);
        (digest != self.sha256).then(|| {
            let what = format!("the sha256 of `{file}` is {digest}");
            let help = "restore the page's text, and repair it with an erratum";
            Flaw::new(&CHANGED_MESSAGE, Place::Entry(index, "sha256"), (what, help))
        })
    }

    fn not_utf_8(&self) -> Flaw {
        let place = Place::Message(self.file.clone(), Part::Start);
        let what = (format!("`{}` is not UTF-8", self.file), "restore the page's text");
        Flaw::new(&CHANGED_MESSAGE, place, what)
    }
}
