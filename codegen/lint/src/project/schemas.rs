//! Reports schemas that would lose part of a response: digits of numbers, or undeclared members.

use document::{DiagnosticBuilder, Document, Kind, Node, Report, phrasing::describe};

use super::{CLOSED_OBJECT, NUMBER_WITHOUT_DECIMAL_FORMAT};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for schema in document.objects(Kind::Schema) {
        report.extend(number(document, schema));
        report.extend(closed_object(schema));
    }
}

fn number<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let number = schema.get("type").filter(|kind| kind.as_str() == Some("number"))?;
    let diagnostic = match schema.get("format") {
        Some(format) => {
            let name = format.as_str().filter(|name| *name != "decimal")?;
            let message =
                format!("the format `{name}` is binary floating point, which cannot represent most decimals exactly");
            NUMBER_WITHOUT_DECIMAL_FORMAT.at(format, message)
        }
        None if document.lacks(schema, "format") => NUMBER_WITHOUT_DECIMAL_FORMAT.at(
            number,
            format!(
                "{} has no format, so it becomes binary floating point, which cannot represent most decimals exactly",
                describe(schema)
            ),
        ),
        None => return None,
    };
    Some(diagnostic.help("write `format: decimal`, or `type: integer` for a count"))
}

fn closed_object(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let closed = schema.get("additionalProperties").filter(|node| node.as_bool() == Some(false))?;
    let message = format!("{} forbids undeclared members", describe(schema));
    Some(CLOSED_OBJECT.at(closed, message).help("remove `additionalProperties`"))
}
