//! Files beside the messages that nothing is compared with.

use crate::{
    diagnostic::Severity,
    documented::{self, Evidence, Flaw, INDEX, Part, Place},
    lint::rule::Rule,
};

pub(super) static UNLISTED_MESSAGE: Rule = Rule {
    id: "unlisted-message",
    severity: Severity::Warning,
    summary: "each file in spec/documented is in its index",
    why: "A message that the index does not list is compared with nothing, so it may say anything. Hidden files \
          and those that editors leave behind do not count.",
    wrong: "\
-- documented/get-orders.fault.http --
HTTP/1.1 404 Not Found
",
    right: "\
-- documented/get-orders.request.http --
GET https://example.com/v1/orders HTTP/1.1
",
};

/// The files that the index does not list, unless the remedy of another problem is to list them.
pub(super) fn flaws(evidence: &Evidence, flaws: &[Flaw]) -> Vec<Flaw> {
    let is_said = |file: &str| flaws.iter().any(|flaw| flaw.help.contains(&format!("`{file}`")));
    let unlisted = evidence.unlisted.iter().filter(|(file, _)| !is_said(file));
    unlisted
        .map(|(file, bytes)| {
            let what = format!("no entry of the index lists `{file}`");
            let help = format!(
                "list it in spec/{INDEX}, with `sha256 = \"{}\"`, or remove the file",
                documented::digest(bytes)
            );
            let place = Place::Message(file.clone(), Part::Start);
            Flaw::new(&UNLISTED_MESSAGE, place, (what, help))
        })
        .collect()
}
