//! Finds the subject of a page.

use crate::{
    Page,
    blocks::{Kind, Printed},
    lookup::{self, Lookup, Pair, is_same_kind},
    markdown::Markdown,
    reference::Reference,
    slug::{slug, stem},
};

/// The subject of a page, and what identifies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The index of the subject.
    pub(crate) subject: usize,
    /// True if the page's name or title identifies the subject, rather than only its messages.
    pub(crate) is_named: bool,
}

/// Identifies a page by its file name, its title, a recorded message, or the method and path of a request, in this
/// order.
pub(crate) fn identify(
    reference: &Reference<'_>,
    page: &Page<'_>,
    markdown: &Markdown,
    messages: &[Printed],
) -> Option<Identity> {
    let named = by_name(reference, page.name).or_else(|| by_title(reference, markdown));
    if let Some(subject) = named {
        return Some(Identity { subject, is_named: true });
    }
    let subject = by_message(reference, messages).or_else(|| by_request(reference, messages))?;
    Some(Identity { subject, is_named: false })
}

pub(crate) fn by_name(reference: &Reference<'_>, path: &str) -> Option<usize> {
    let stem = stem(path);
    let without_locale = stem.split('.').next().unwrap_or_default();
    [stem.as_str(), without_locale].iter().find_map(|name| reference.by_name.get(*name)).copied()
}

fn by_title(reference: &Reference<'_>, markdown: &Markdown) -> Option<usize> {
    let title = markdown.headings.iter().find(|heading| heading.is_title)?;
    let anchor = title.anchor.as_ref().and_then(|anchor| reference.by_title.get(anchor));
    anchor.or_else(|| reference.by_title.get(&slug(&title.text))).copied()
}

/// Returns the subject of a recorded message, or else of a message with the structure of an operation's recorded
/// message.
fn by_message(reference: &Reference<'_>, messages: &[Printed]) -> Option<usize> {
    let whole = messages.iter().filter(|message| message.kind != Kind::Body);
    let pairs: Vec<Pair<'_>> = whole
        .filter_map(|message| {
            let known = reference.known.iter();
            let known: Vec<_> = known.filter(|known| is_same_kind(message, known)).collect();
            lookup::same(message, &known)
        })
        .collect();
    let identical = pairs.iter().find(|pair| pair.lookup < Lookup::Values);
    let same = || pairs.iter().find(|pair| pair.known.message.operation.is_some());
    identical.or_else(same).map(|pair| pair.known.subject)
}

fn by_request(reference: &Reference<'_>, messages: &[Printed]) -> Option<usize> {
    messages.iter().find_map(|message| {
        let Kind::Request { method, target } = &message.kind else { return None };
        reference.subjects.iter().position(|subject| {
            let mut operations = subject.operations.iter();
            operations.any(|id| reference.structure.is_request_of(id, method, target))
        })
    })
}
