//! Reads a HAR file entry by entry, so that only one entry is in memory at a time.
//!
//! <http://www.softwareishard.com/blog/har-12-spec/>

mod body;
mod entry;

use std::{
    fmt,
    io::{self, BufReader, Cursor, Read},
};

use document::text::is_utf_16;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Deserializer, Value, error::Category};

pub(crate) use body::{Body, Text};
pub(crate) use entry::{Entry, Message};

/// The reason why a file cannot be read as a HAR file.
#[derive(Debug)]
pub enum Malformed {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// The file is UTF-16, which Windows `PowerShell` writes when it redirects output.
    Utf16,
    /// The file is not JSON.
    NotJson {
        /// The problem, without any text from the file.
        problem: String,
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// The file is JSON, but has no list of entries.
    NoEntries,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "cannot read: {error}"),
            Self::Utf16 => f.write_str("the file is UTF-16; save it as UTF-8"),
            Self::NotJson { problem, line, column } => {
                write!(f, "{line}:{column}: not JSON: {problem}; record or export it again")
            }
            Self::NoEntries => f.write_str(
                "not a HAR: it has no list `log.entries`; export the traffic as a HAR 1.2 file",
            ),
        }
    }
}

impl std::error::Error for Malformed {}

/// Calls a function with each entry of a HAR file.
pub(crate) fn read(har: impl Read, mut each: impl FnMut(Value)) -> Result<(), Malformed> {
    let har = utf_8(har)?;
    let mut deserializer = Deserializer::from_reader(BufReader::new(har));
    let mut has_entries = false;
    let log = Member { name: "entries", inner: Entries(&mut each), found: &mut has_entries };
    let mut has_log = false;
    let root = Member { name: "log", inner: log, found: &mut has_log };
    let end = root.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    end.map_err(malformed)?;
    if has_entries { Ok(()) } else { Err(Malformed::NoEntries) }
}

/// Removes the byte order mark that PowerShell and some editors write at the start of a file. Rejects UTF-16.
fn utf_8(mut har: impl Read) -> Result<impl Read, Malformed> {
    let mut start = Vec::new();
    har.by_ref().take(4).read_to_end(&mut start).map_err(Malformed::Unreadable)?;
    if is_utf_16(&start) {
        return Err(Malformed::Utf16);
    }
    if start.starts_with(b"\xef\xbb\xbf") {
        start.drain(..3);
    }
    Ok(Cursor::new(start).chain(har))
}

/// Converts an error, and drops the value that serde quotes in errors about types.
fn malformed(error: serde_json::Error) -> Malformed {
    match error.classify() {
        Category::Io => Malformed::Unreadable(error.into()),
        Category::Data => Malformed::NoEntries,
        Category::Syntax | Category::Eof => {
            let text = error.to_string();
            let problem = text.rsplit_once(" at line ").map_or(text.as_str(), |(it, _)| it);
            let (line, column) = (error.line(), error.column().max(1));
            Malformed::NotJson { problem: problem.to_owned(), line, column }
        }
    }
}

/// Deserializes one member of an object, and ignores all others.
struct Member<'f, S> {
    name: &'static str,
    inner: S,
    found: &'f mut bool,
}

impl<'de, S: DeserializeSeed<'de, Value = ()>> DeserializeSeed<'de> for Member<'_, S> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: DeserializeSeed<'de, Value = ()>> Visitor<'de> for Member<'_, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut inner = Some(self.inner);
        while let Some(name) = map.next_key::<String>()? {
            // If a member occurs twice, only the first one is read.
            match inner.take_if(|_| name == self.name) {
                Some(inner) => {
                    map.next_value_seed(inner)?;
                    *self.found = true;
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// Deserializes a list of entries one by one.
struct Entries<'e>(&'e mut dyn FnMut(Value));

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(entry) = entries.next_element::<Value>()? {
            (self.0)(entry);
        }
        Ok(())
    }
}
