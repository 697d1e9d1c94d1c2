//! Compares tables of fault codes with the document.

mod numbers;

use std::collections::BTreeSet;

use document::{Diagnostic, Related};

use crate::{
    Checked, Outcome,
    markdown::{Cell, Markdown, Table},
    reference::Reference,
    rules::DIFFERING_CODE,
    slug::{slug, stem},
};
use numbers::{code, status, status_and_code};

/// A page with at least this many of the document's codes has a table of codes, even if the document does not refer to
/// the page.
const MANY: usize = 3;

/// The smallest code that is unlikely to be some other kind of number, such as a status.
const DISTINCT: u64 = 1000;

/// Returns true if a page might have a table of codes. Does not parse the page.
pub(crate) fn is_candidate(reference: &Reference<'_>, name: &str, text: &str) -> bool {
    if reference.related.contains(&stem(name)) {
        return true;
    }
    let lines = text.lines().map(str::trim_start).filter(|line| line.starts_with('|'));
    let cells = lines.flat_map(|line| line.split('|').skip(1).take(3));
    let codes = cells
        .map(|cell| cell.trim_matches(['*', ' ', '`']))
        .filter_map(|cell| code(cell).or_else(|| status_and_code(cell).map(|(_, code)| code)));
    codes.filter(|code| is_distinct(reference, *code)).take(MANY).count() == MANY
}

fn is_distinct(reference: &Reference<'_>, code: u64) -> bool {
    code >= DISTINCT && reference.codes.contains_key(&code)
}

/// Compares the tables of a page. If none of them lists codes, the outcome is `Other`.
pub(crate) fn check(
    reference: &Reference<'_>,
    name: &str,
    text: &str,
    markdown: &Markdown,
) -> Checked {
    let rows: Vec<Row<'_>> =
        markdown.tables.iter().flat_map(|table| rows(reference, markdown, table)).collect();
    let codes: BTreeSet<u64> = rows.iter().map(|row| row.code).collect();
    let distinct = codes.iter().filter(|code| is_distinct(reference, **code)).count();
    let is_named = is_related(reference, name, markdown);
    if distinct < MANY && !(is_named && distinct > 0) {
        return Checked::default();
    }
    let findings: Vec<Diagnostic> =
        codes.iter().flat_map(|code| differing(reference, text, *code, &rows)).collect();
    let outcome = if findings.is_empty() { Outcome::Clean } else { Outcome::Findings };
    Checked { outcome, subject: Some("codes".to_owned()), findings, ..Checked::default() }
}

/// Returns true if the document refers to a page by its name or its title.
fn is_related(reference: &Reference<'_>, name: &str, markdown: &Markdown) -> bool {
    let title = markdown.headings.iter().find(|heading| heading.is_title);
    let titles = title.into_iter().flat_map(|it| [it.anchor.clone(), Some(slug(&it.text))]);
    titles.flatten().chain([stem(name)]).any(|it| reference.related.contains(&it))
}

/// A table row with a code from the document, and the status that the page gives for it.
struct Row<'m> {
    code: u64,
    status: Option<u16>,
    cell: &'m Cell,
}

fn rows<'m>(reference: &Reference<'_>, markdown: &'m Markdown, table: &'m Table) -> Vec<Row<'m>> {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or_default();
    let body = || table.rows.iter().skip(1);
    let count = |column: usize, is_match: &dyn Fn(&str) -> bool| {
        body().filter_map(|row| row.get(column)).filter(|cell| is_match(&cell.text)).count()
    };
    let is_documented =
        |text: &str| code(text).is_some_and(|code| reference.codes.contains_key(&code));
    let is_distinct = |text: &str| code(text).is_some_and(|code| is_distinct(reference, code));
    let codes = (0..width).max_by_key(|column| (count(*column, &is_distinct), width - column));
    let Some(codes) = codes.filter(|column| count(*column, &is_distinct) > 0) else {
        return body().filter_map(|row| combined(reference, row)).collect();
    };
    let is_status = |text: &str| status(text).is_some();
    let total = body().count();
    let statuses = (0..width)
        .filter(|column| *column != codes && count(*column, &is_status) * 2 >= total)
        .max_by_key(|column| count(*column, &is_status));
    let heading = table.heading.and_then(|index| status(&markdown.headings.get(index)?.text));
    let rows = body().filter_map(|row| {
        let cell = row.get(codes).filter(|cell| is_documented(&cell.text))?;
        let of_row = statuses.and_then(|column| row.get(column));
        let status = of_row.and_then(|cell| status(&cell.text)).or(heading);
        Some(Row { code: code(&cell.text)?, status, cell: of_row.unwrap_or(cell) })
    });
    rows.collect()
}

/// Reads a row whose status and code are in one cell, such as `403: Forbidden, error code 2000`.
fn combined<'m>(reference: &Reference<'_>, row: &'m [Cell]) -> Option<Row<'m>> {
    row.iter().find_map(|cell| {
        let (status, code) = status_and_code(&cell.text)?;
        let is_documented = reference.codes.contains_key(&code);
        is_documented.then_some(Row { code, status: Some(status), cell })
    })
}

/// Reports a code that the page lists only with statuses that the document does not give for it.
fn differing(
    reference: &Reference<'_>,
    text: &str,
    code: u64,
    rows: &[Row<'_>],
) -> Option<Diagnostic> {
    let declared = reference.codes.get(&code)?;
    let mut listed = rows.iter().filter(|row| row.code == code && row.status.is_some());
    if rows
        .iter()
        .any(|row| row.code == code && row.status.is_some_and(|it| declared.contains(&it)))
    {
        return None;
    }
    let row = listed.next()?;
    let statuses: Vec<String> = declared.iter().map(u16::to_string).collect();
    let message = format!(
        "the code {code} has the status {}, but {} in the document",
        row.status?,
        statuses.join(" or ")
    );
    let help = "if the page is right, correct the description in the document";
    let span = document::span::visible(text.as_bytes(), &row.cell.span);
    let diagnostic = DIFFERING_CODE.spanning(span, message, Some(help));
    let pointer = declared.first().and_then(|it| reference.structure.response_pointer(*it));
    let Some(pointer) = pointer else { return Some(diagnostic) };
    let related = Related::in_document(reference.tree, &pointer, "the response");
    Some(Diagnostic { related, pointer, ..diagnostic })
}
