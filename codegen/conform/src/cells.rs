//! Reports translated headings and table cells, each with its original.

use document::Diagnostic;

use crate::{
    markdown::{Cell, Heading, Markdown, Table},
    reference::{Reference, Subject},
    rules::TRANSLATED_TEXT,
    slug::slug,
};

/// Reports the headings and cells of a page that differ from their originals.
pub(crate) fn advisories(
    reference: &Reference<'_>,
    subject: &Subject,
    markdown: &Markdown,
) -> Vec<Diagnostic> {
    let headings = markdown.headings.iter().filter_map(|it| heading(subject, it));
    let rows = markdown.tables.iter().flat_map(|table| &table.rows);
    let cells = rows.flat_map(|row| request_syntax(reference, subject, row));
    let parameters =
        markdown.tables.iter().flat_map(|it| parameters(reference, subject, markdown, it));
    headings.chain(cells).chain(parameters).collect()
}

/// Reports a heading that does not match its anchor, which translations leave unchanged.
fn heading(subject: &Subject, heading: &Heading) -> Option<Diagnostic> {
    let anchor = heading.anchor.as_deref()?;
    let is_translated = slug(&heading.text) != anchor;
    let original = match heading.is_title {
        true => subject.title.clone(),
        false => anchor.replace('-', " "),
    };
    is_translated.then(|| {
        let text = heading.text.trim();
        TRANSLATED_TEXT.spanning(
            heading.span.start..heading.span.end,
            format!("the heading `{text}` differs from the original, `{original}`"),
            None,
        )
    })
}

/// Reports a translated method or path in a row such as `GET | {baseURL}/v1/orders HTTP/1.1`.
fn request_syntax(reference: &Reference<'_>, subject: &Subject, row: &[Cell]) -> Vec<Diagnostic> {
    let [method, target, ..] = row else { return Vec::new() };
    let is_target = target.text.to_lowercase().contains("http/1") && target.text.contains('/');
    let Some(id) = subject.operations.first().filter(|_| is_target) else { return Vec::new() };
    let structure = &reference.structure;
    let expected = structure.method(id).unwrap_or_default();
    let is_method = subject.operations.iter().any(|id| {
        structure.method(id).is_some_and(|expected| expected == method.text.to_uppercase())
    });
    let method = (!is_method).then(|| translated(method, &method.text, &expected));
    let path = path(&target.text);
    let is_path = subject.operations.iter().any(|id| structure.is_at(id, path));
    let operations = structure.operations();
    let expected = operations.filter(|it| it.id == id).map(|it| it.path).next().unwrap_or_default();
    let path = (!is_path).then(|| translated(target, path, expected));
    method.into_iter().chain(path).collect()
}

/// Returns the path in a cell, without the base URL and the HTTP version.
fn path(target: &str) -> &str {
    let version = target.to_ascii_lowercase().find("http/1").unwrap_or(target.len());
    let target = target[..version].trim();
    let start = match target.split_once('}') {
        Some((base, _)) if target.starts_with('{') => base.len() + 1,
        _ => target.find('/').unwrap_or_default(),
    };
    &target[start..]
}

/// Reports the undeclared names in a table of path parameters. The heading above such a table has an anchor such as
/// `uri-parameter`.
fn parameters(
    reference: &Reference<'_>,
    subject: &Subject,
    markdown: &Markdown,
    table: &Table,
) -> Vec<Diagnostic> {
    let heading = table.heading.and_then(|index| markdown.headings.get(index));
    let name = heading.map(|it| it.anchor.clone().unwrap_or_else(|| slug(&it.text)));
    let is_of_parameters = name
        .is_some_and(|it| ["uri-parameter", "path-parameter"].iter().any(|at| it.starts_with(at)));
    if !is_of_parameters {
        return Vec::new();
    }
    let operations = reference.structure.operations();
    let paths = operations.filter(|it| subject.operations.iter().any(|id| id == it.id));
    let declared: Vec<&str> = paths.flat_map(|it| placeholders(it.path)).collect();
    let Some(original) = declared.first() else { return Vec::new() };
    let cells = table.rows.iter().skip(1).filter_map(|row| row.first());
    let cells =
        cells.filter(|cell| !declared.iter().any(|name| name.eq_ignore_ascii_case(&cell.text)));
    cells.map(|cell| translated(cell, &cell.text, original)).collect()
}

fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

fn translated(cell: &Cell, text: &str, original: &str) -> Diagnostic {
    let message = format!("the cell says `{text}`, but the document has `{original}`");
    TRANSLATED_TEXT.spanning(cell.span.clone(), message, None)
}
