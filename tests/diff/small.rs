//! Compares small documents and clients without running the generator.

use diff::{Area, Breaks, Change, Input, Report, Side, Sources, Versions};

const NO_SOURCES: Sources<'_> = Sources { types: "", operations: "", mock: "", examples: "" };

/// Returns a document with one operation.
pub(crate) fn document(operation: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\nservers: [{{ url: https://a.example }}]\n\
         paths:\n  /a/{{id}}:\n    put: {{ operationId: send, {operation} }}\n\
         components:\n  schemas:\n    Text: {{ type: string }}\n  securitySchemes:\n    \
         Key: {{ type: apiKey, in: header, name: Key }}\n    Other: {{ type: http, scheme: bearer }}\n"
    )
}

/// Compares two documents and two clients.
pub(crate) fn compared(
    old: (&str, Sources<'_>),
    new: (&str, Sources<'_>),
) -> Result<Report, String> {
    let name = "document.yaml";
    let parsed = |(text, sources): (&str, Sources<'_>)| {
        sources.api().and_then(|api| Ok((diff::read(name, text)?, api)))
    };
    let (old, new) = (parsed(old)?, parsed(new)?);
    let side = |(tree, api)| Side { name, tree, api, evidence: None };
    diff::compare(&Input {
        old: side((&old.0, &old.1)),
        new: side((&new.0, &new.1)),
        breaks: Breaks { name: "breaks.toml", text: "", old: "" },
        versions: Versions { manifest: "0.1.0", changelog: "" },
    })
}

/// Compares two documents without their clients.
pub(crate) fn documents(old: &str, new: &str) -> Result<Report, String> {
    compared((old, NO_SOURCES), (new, NO_SOURCES))
}

/// Returns the changes on the wire.
pub(crate) fn wire(old: &str, new: &str) -> Vec<Change> {
    let report = documents(old, new).unwrap_or_else(|reason| panic!("{reason}\n{old}\n{new}"));
    report.changes_of(Area::Wire).cloned().collect()
}
