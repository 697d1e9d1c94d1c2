//! Plans which files to write to record the messages of pages, without writing them.

use std::collections::BTreeMap;

use evidence::documented::{Evidence, Message, digest, holds_token};
use heck::ToKebabCase as _;
use toml::{
    Spanned, Value,
    de::{DeTable, DeValue},
};

use crate::{Checked, Lookup, Outcome, PrintedMessage, Reference};

/// The files that must be written to record the messages of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The text of each new or changed message, by file name.
    pub messages: BTreeMap<String, String>,
    /// The updated index, which lists them.
    pub index: String,
}

/// The reason why nothing can be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The index of the page.
    pub page: usize,
    /// The byte offset in the page.
    pub offset: usize,
    /// The reason, in lowercase and without a period.
    pub reason: String,
}

/// Plans how to record every message that is new, or that differs from the recorded message in more than whitespace.
///
/// # Errors
///
/// Returns an error for the first page that cannot be compared, or for the first message that cannot be recorded, such
/// as one that contains a token or that differs between two pages.
pub fn accept(
    reference: &Reference<'_>,
    evidence: &Evidence,
    index: &str,
    pages: &[Checked],
) -> Result<Accepted, Refusal> {
    let mut plan = Plan { reference, evidence, index: index.to_owned(), messages: BTreeMap::new() };
    for (number, page) in pages.iter().enumerate() {
        if page.outcome == Outcome::Unable {
            let offset = page.findings.last().map_or(0, |finding| finding.span.start);
            let reason = page.findings.last().map(|finding| finding.message.clone());
            return Err(Refusal { page: number, offset, reason: reason.unwrap_or_default() });
        }
        let messages = page.messages.iter();
        for message in messages.filter(|message| message.lookup >= Lookup::Values) {
            plan.record(page, message).map_err(|reason| Refusal {
                page: number,
                offset: message.offset,
                reason,
            })?;
        }
    }
    Ok(Accepted { messages: plan.messages, index: plan.index })
}

struct Plan<'a> {
    reference: &'a Reference<'a>,
    evidence: &'a Evidence,
    index: String,
    messages: BTreeMap<String, String>,
}

impl Plan<'_> {
    fn record(&mut self, page: &Checked, printed: &PrintedMessage) -> Result<(), String> {
        let text = self.text(printed);
        if holds_token(&text) {
            return Err(
                "the message contains a token, which is a secret; write `Bearer <token>` instead"
                    .into(),
            );
        }
        let file = match &printed.file {
            Some(file) => file.clone(),
            None => match self.messages.iter().find(|(_, recorded)| **recorded == text) {
                Some(_) => return Ok(()),
                None => self.new_file(printed)?,
            },
        };
        if self.messages.get(&file).is_some_and(|other| *other != text) {
            return Err(format!("another page has a different version of `{file}`"));
        }
        let sha256 = digest(text.as_bytes());
        match &printed.file {
            Some(file) => self.update_entry(file, &sha256, printed.status)?,
            None => self.add_entry(page, printed, &file, &sha256)?,
        }
        self.messages.insert(file, text);
        Ok(())
    }

    /// Returns the full text of a message. If the page prints only the body, the head is taken from the recorded
    /// message.
    fn text(&self, printed: &PrintedMessage) -> String {
        let recorded = self.reference.known.iter().filter(|_| printed.is_partial);
        let mut recorded = recorded.filter(|it| Some(&it.message.file) == printed.file.as_ref());
        let head = recorded.next().map(|known| known.recorded.head()).unwrap_or_default();
        head.to_owned() + &printed.text
    }

    /// Returns a free file name for a new message.
    fn new_file(&self, printed: &PrintedMessage) -> Result<String, String> {
        let id = printed.operation.as_ref().ok_or("the message belongs to no operation")?;
        let kind = if printed.status.is_some() { "response" } else { "request" };
        let stem = id.to_kebab_case();
        let name = |number: usize| match number {
            1 => format!("{stem}.{kind}.http"),
            _ => format!("{stem}-{number}.{kind}.http"),
        };
        let is_free = |name: &String| {
            !self.messages.contains_key(name)
                && !self.evidence.unlisted.contains_key(name)
                && self.evidence.messages.iter().all(|message| message.file != *name)
        };
        (1..).map(name).find(is_free).ok_or_else(|| "there is no free file name".to_owned())
    }

    /// Replaces the digest and the status in the index entry of a message.
    fn update_entry(
        &mut self,
        file: &str,
        sha256: &str,
        status: Option<u16>,
    ) -> Result<(), String> {
        let mut edits = entry_edits(&self.index, file, sha256, status)
            .ok_or_else(|| format!("the index has no entry for `{file}`"))?;
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        for (span, text) in edits {
            self.index.replace_range(span, &text);
        }
        Ok(())
    }

    fn add_entry(
        &mut self,
        page: &Checked,
        printed: &PrintedMessage,
        file: &str,
        sha256: &str,
    ) -> Result<(), String> {
        let mut subjects = self.reference.subjects.iter();
        let subject = subjects.find(|subject| Some(&subject.name) == page.subject.as_ref());
        let subject = subject.ok_or("the page is unknown")?;
        let quoted = |text: &str| Value::from(text).to_string();
        let operation = printed.operation.as_deref().unwrap_or_default();
        let mut entry =
            format!("\n[[message]]\nfile = {}\noperation = {}\n", quoted(file), quoted(operation));
        if let Some(status) = printed.status {
            entry += &format!("status = {status}\n");
        }
        if let Some(example) = self.example(printed) {
            entry += &format!("example = {}\n", quoted(&example));
        }
        entry += &format!("page = {}\n", quoted(&subject.url));
        entry += &format!("title = {}\nsha256 = {}\n", quoted(&subject.title), quoted(sha256));
        self.index.push_str(&entry);
        Ok(())
    }

    /// Returns a free name for the example of a new message, or `None` if the default name is free.
    fn example(&self, printed: &PrintedMessage) -> Option<String> {
        const DEFAULT: &str = "documented";
        let name = |number: usize| match number {
            1 => DEFAULT.to_owned(),
            _ => format!("{DEFAULT}{number}"),
        };
        let added: Vec<Message> = toml::from_str::<BTreeMap<String, Vec<Message>>>(&self.index)
            .ok()
            .and_then(|mut index| index.remove("message"))
            .unwrap_or_default();
        let is_free = |name: &String| {
            added.iter().all(|message| {
                (&message.operation, message.status, &message.example)
                    != (&printed.operation, printed.status, name)
            })
        };
        (1..).map(name).find(is_free).filter(|name| name != DEFAULT)
    }
}

type Edit = (std::ops::Range<usize>, String);

/// Returns the edits that update the index entry of a file.
fn entry_edits(index: &str, file: &str, sha256: &str, status: Option<u16>) -> Option<Vec<Edit>> {
    let table = DeTable::parse(index).ok()?;
    let entries = table.get_ref().get("message")?.get_ref().as_array()?;
    let entry = entries
        .iter()
        .filter_map(|entry| entry.get_ref().as_table())
        .find(|entry| entry.get("file").and_then(|it| it.get_ref().as_str()) == Some(file))?;
    let span = |member: &str| entry.get(member).map(Spanned::<DeValue<'_>>::span);
    let digest = (span("sha256")?, format!("\"{sha256}\""));
    let status = span("status").zip(status).map(|(span, status)| (span, status.to_string()));
    Some([digest].into_iter().chain(status).collect())
}
