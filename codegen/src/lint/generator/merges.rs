//! Compositions by `allOf`, of which the generator makes one type by merging the parts.

mod contradictions;
mod endless;

use crate::lint::{model::Kind, openapi::Document, rule::Report, tree::Node};

pub(super) use contradictions::CONTRADICTORY_PARTS;
pub(super) use endless::ENDLESS_MERGE;

/// Reports parts of which no type can be made.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let mut merges = endless::Merges::new(document);
    for schema in document.objects(Kind::Schema) {
        let endless = is_component(document, schema).then(|| merges.endless(schema)).flatten();
        if endless.is_none() {
            report.extend(contradictions::contradictory(document, schema));
        }
        report.extend(endless);
    }
}

fn is_component(document: &Document<'_>, schema: Node<'_>) -> bool {
    let schemas = document.root().get("components").and_then(|it| it.get("schemas"));
    schemas.is_some() && schema.parent() == schemas
}
