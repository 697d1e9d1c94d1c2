//! How schemas keep what an answer says.

use document::{Document, Finding, Kind, Node, Report, Rule, rule, words::called};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for schema in document.objects(Kind::Schema) {
        report.extend(number(document, schema));
        report.extend(closed_object(schema));
    }
}

pub(super) static NUMBER_THAT_IS_NO_DECIMAL: Rule = rule!("number-that-is-no-decimal");

fn number<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Finding<'t>> {
    let number = schema.get("type").filter(|kind| kind.as_str() == Some("number"))?;
    let finding = match schema.get("format") {
        Some(format) => {
            let name = format.as_str().filter(|name| *name != "decimal")?;
            let message = format!("a number of the format `{name}` is a binary fraction");
            NUMBER_THAT_IS_NO_DECIMAL.at(format, message)
        }
        None if document.lacks(schema, "format") => NUMBER_THAT_IS_NO_DECIMAL
            .at(number, format!("{} has no format, and is a binary fraction", called(schema))),
        None => return None,
    };
    Some(finding.help("write `format: decimal`, or `type: integer` for a count"))
}

pub(super) static CLOSED_OBJECT: Rule = rule!("closed-object");

fn closed_object(schema: Node<'_>) -> Option<Finding<'_>> {
    let closed = schema.get("additionalProperties").filter(|node| node.as_bool() == Some(false))?;
    let message = format!("{} forbids members that it does not declare", called(schema));
    Some(CLOSED_OBJECT.at(closed, message).help("remove `additionalProperties`"))
}
