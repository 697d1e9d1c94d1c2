//! Compares a printed message with the document after applying the errata of the recorded message.

use std::ops::Range;

use document::{Diagnostic, Related, Rule, span};
use evidence::{
    conform::{Aspect, Difference},
    documented::{
        Origin, Repaired,
        variant::{Conflict, Variant},
    },
};
use serde_json::Value;

use crate::{
    blocks::{Kind, Printed},
    canonical::canonical,
    lookup::Pair,
    reference::Reference,
    rules::{
        DIFFERING_BODY, DIFFERING_HEADER, DIFFERING_MEMBER, DIFFERING_METHOD, DIFFERING_PATH,
        DIFFERING_STATUS, DIFFERING_TYPE, DUPLICATE_MEMBER, INVALID_HEAD, MISSING_MEMBER,
        REPAIRED_BY_VENDOR,
    },
};

const CORRECT: &str = "correct the document, or write an erratum if the page is wrong";

/// The result of comparing a message.
pub(crate) struct Compared {
    findings: Vec<(Aspect, Diagnostic)>,
    pub(crate) advisories: Vec<Diagnostic>,
    /// True if the body ends in the middle of its JSON.
    pub(crate) is_cut_off: bool,
}

impl Compared {
    pub(crate) fn has(&self, aspect: Aspect) -> bool {
        self.findings.iter().any(|(other, _)| *other == aspect)
    }

    pub(crate) fn drop_aspect(&mut self, aspect: Aspect) {
        self.findings.retain(|(other, _)| *other != aspect);
    }

    pub(crate) fn keep_aspect(&mut self, aspect: Aspect) {
        self.findings.retain(|(other, _)| *other == aspect);
    }

    pub(crate) fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        self.findings.iter().map(|(_, finding)| finding.clone())
    }
}

/// The operations that a message is compared with.
#[derive(Clone, Copy)]
pub(crate) enum Target<'a> {
    /// A request of an operation.
    Request(&'a str),
    /// A response of one or more operations.
    Response(&'a [&'a str]),
}

/// Compares a message with the operations that it belongs to.
pub(crate) fn compare(
    reference: &Reference<'_>,
    page: &str,
    printed: &Printed,
    pair: Option<&Pair<'_>>,
    target: Target<'_>,
) -> Compared {
    let whole = whole(printed, pair);
    let variant = pair.map(|pair| pair.known.recorded.repair(&whole));
    let message = canonical(variant.as_ref().map_or(&whole, |variant| &variant.repaired));
    let differences = match target {
        Target::Request(id) => reference.structure.request(id, &message.text),
        Target::Response(ids) => {
            let expected = pair.and_then(|pair| pair.known.message.status);
            reference.structure.response(ids, expected, &message.text)
        }
    };
    let located = Located { reference, page, printed, message: &message };
    let mut findings: Vec<(Aspect, Diagnostic)> =
        differences.iter().map(|it| (it.aspect, located.finding(it, pair))).collect();
    let mut advisories = Vec::new();
    if let Some(Variant { repaired_by_vendor, conflicts, .. }) = &variant {
        let conflicts = conflicts.iter();
        findings.extend(conflicts.map(|it| (Aspect::Member, located.conflict(&whole, it))));
        advisories.extend(repaired_by_vendor.iter().map(|erratum| located.repaired(*erratum)));
    }
    let is_cut_off = body(&message.text).is_some_and(ends_early);
    Compared { findings, advisories, is_cut_off }
}

/// Returns the message. If the page prints only the body, prepends the head of the recorded message.
fn whole(printed: &Printed, pair: Option<&Pair<'_>>) -> Repaired {
    let (Kind::Body, Some(pair)) = (&printed.kind, pair) else { return printed.text.clone() };
    let mut whole = Repaired::default();
    whole.push(pair.known.recorded.head(), Origin::Added);
    whole.append(&printed.text, 0..printed.text.text.len());
    whole
}

fn body(message: &str) -> Option<&str> {
    message.split_once("\n\n").map(|(_, body)| body).filter(|body| !body.trim().is_empty())
}

fn ends_early(body: &str) -> bool {
    serde_json::from_str::<Value>(body.trim_end()).is_err_and(|error| error.is_eof())
}

/// A message with the locations of its parts in the page.
struct Located<'a> {
    reference: &'a Reference<'a>,
    page: &'a str,
    printed: &'a Printed,
    message: &'a Repaired,
}

impl Located<'_> {
    fn finding(&self, difference: &Difference, pair: Option<&Pair<'_>>) -> Diagnostic {
        let found = self.message.location_of(&difference.part);
        let span = self.visible(found.unwrap_or_else(|| self.printed.start()));
        let help = match pair {
            Some(pair) => format!(
                "{CORRECT}; the recorded message is spec/documented/{}",
                pair.known.message.file
            ),
            None => CORRECT.to_owned(),
        };
        let diagnostic = rule(difference.aspect).spanning(span, &difference.message, Some(&help));
        let Some((pointer, label)) = &difference.related else { return diagnostic };
        let related = Related::in_document(self.reference.tree, pointer, label);
        Diagnostic { related, pointer: pointer.clone(), ..diagnostic }
    }

    /// Reports a change to text that an erratum removes.
    fn conflict(&self, whole: &Repaired, conflict: &Conflict) -> Diagnostic {
        let id = &self.reference.errata[conflict.erratum].id;
        let found = whole.in_page(&conflict.span).unwrap_or_else(|| self.printed.start());
        let printed = &whole.text[conflict.span.clone()];
        let is_member = whole.text[conflict.span.end..].trim_start().starts_with(':');
        let rule = if is_member { &DIFFERING_MEMBER } else { &DIFFERING_TYPE };
        let change = match conflict.recorded.as_str() {
            "" => "is added to".to_owned(),
            recorded => format!("replaces `{recorded}` in"),
        };
        let message = format!("`{printed}` {change} the text that the erratum `{id}` removes");
        let help = "record the page's message, and correct the erratum";
        rule.spanning(self.visible(found), message, Some(help))
    }

    fn repaired(&self, erratum: usize) -> Diagnostic {
        let id = &self.reference.errata[erratum].id;
        let message = format!("the vendor has corrected the mistake that erratum `{id}` repairs");
        let help = format!("record the page's message, and remove `{id}` from spec/errata.toml");
        REPAIRED_BY_VENDOR.spanning(self.visible(self.printed.start()), message, Some(&help))
    }

    fn visible(&self, found: Range<usize>) -> Range<usize> {
        span::visible(self.page.as_bytes(), &found)
    }
}

fn rule(aspect: Aspect) -> &'static Rule {
    match aspect {
        Aspect::Method => &DIFFERING_METHOD,
        Aspect::Path => &DIFFERING_PATH,
        Aspect::Status => &DIFFERING_STATUS,
        Aspect::Head => &INVALID_HEAD,
        Aspect::Header => &DIFFERING_HEADER,
        Aspect::Body | Aspect::Value => &DIFFERING_BODY,
        Aspect::Member => &DIFFERING_MEMBER,
        Aspect::Missing => &MISSING_MEMBER,
        Aspect::Duplicate => &DUPLICATE_MEMBER,
        Aspect::Type => &DIFFERING_TYPE,
    }
}
