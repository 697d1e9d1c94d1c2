//! Renders a report as a self-contained Markdown page: the verdicts first, then tables, then collapsed details.

use diff::{Area, Change, Finding, Location, Pages, Report, Severity};

const TITLE: &str = "# What does this edit break?";

/// The maximum number of rows in a table, which keeps a page below the size limit of a job summary.
const MOST_ROWS: usize = 500;

pub(super) fn render(report: &Report) -> String {
    let is_breaking = |it: &&Change| it.severity == Severity::Breaking;
    let is_compatible = |it: &&Change| it.severity == Severity::Compatible;
    let is_text =
        |it: &&Change| it.severity == Severity::Documentation && it.area != Area::Evidence;
    let changes = || report.changes.iter();
    let mut parts = vec![TITLE.to_owned(), head(report), verdicts(report)];
    parts.extend(problems(report));
    let breaks: Vec<&Change> = changes().filter(is_breaking).collect();
    if !breaks.is_empty() {
        parts.push(format!("## Breaking changes\n\n{}", table(&breaks)));
    }
    if !report.changelog.is_empty() {
        parts.push(format!(
            "## For CHANGELOG.md\n\n````markdown\n{}\n````",
            report.changelog.join("\n")
        ));
    }
    parts.extend(report.pages.as_ref().map(pages));
    parts.push("## Details".to_owned());
    parts.push(folded("Compatible changes", changes().filter(is_compatible).collect()));
    parts.push(folded("Changed descriptions and examples", changes().filter(is_text).collect()));
    parts.push(folded("Evidence", report.changes_of(Area::Evidence).collect()));
    parts.push(declaration(&breaks));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

pub(super) fn not_compared(reason: &str) -> String {
    format!(
        "{TITLE}\n\n**Could not compare.** {}\n\nThis does not mean that the edit is compatible.\n",
        escaped(reason)
    )
}

fn head(report: &Report) -> String {
    let outcome = super::outcome(report);
    let (first, rest) = outcome.split_at(1);
    let note = match report.are_messages_compared {
        true => "",
        false => " The messages and errata were not compared: the base is a file.",
    };
    format!(
        "**{}{rest}.** `{}` is compared with `{}`.{note}\n\nVersion: {}.",
        first.to_uppercase(),
        report.new,
        report.old,
        super::version(report)
    )
}

fn verdicts(report: &Report) -> String {
    let verdicts =
        [(Area::Wire, report.wire), (Area::Rust, report.rust), (Area::Evidence, report.evidence)];
    let rows = verdicts.map(|(area, verdict)| {
        let count = |severity| {
            report.changes_of(area).filter(|it| it.severity == severity).count().to_string()
        };
        let counts = match area {
            Area::Evidence => format!("| | | {} |", report.changes_of(area).count()),
            _ => format!(
                "| {} | {} | {} |",
                count(Severity::Breaking),
                count(Severity::Compatible),
                count(Severity::Documentation)
            ),
        };
        format!("| {} | **{}** {counts}", area.name(), verdict.words())
    });
    format!(
        "| for | verdict | breaking | compatible | other |\n|---|---|---|---|---|\n{}",
        rows.join("\n")
    )
}

fn problems(report: &Report) -> Option<String> {
    let lines = report
        .problems
        .iter()
        .map(|problem| format!("- `{}`: {}", problem.location, escaped(&problem.message)));
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("## Wrong declarations\n\n{}", lines.join("\n")))
}

/// Shows the number of pages by outcome, and their differences in a collapsed section, because there can be many.
fn pages(pages: &Pages) -> String {
    let counts = format!("## Microsoft's pages\n\n{}.", pages.counts());
    if pages.findings.is_empty() {
        return counts;
    }
    let head = "| difference from the document | rule | page | document |\n|---|---|---|---|";
    let rows = pages.findings.iter().map(|Finding { rule, message, page, document }| {
        let document =
            document.as_ref().map(|location| code(&location.to_string())).unwrap_or_default();
        let page = code(&page.to_string());
        format!("| {} | {} | {page} | {document} |", escaped(message), code(rule))
    });
    let table = limited(head, rows);
    format!("{counts}\n\n{}", details("Differences", pages.findings.len(), &table))
}

fn table(changes: &[&Change]) -> String {
    let head = "| for | what changes, and who breaks | rule | old | new |\n|---|---|---|---|---|";
    limited(head, changes.iter().map(|change| row(change)))
}

/// Returns a table with the first rows, followed by the number of omitted rows.
fn limited(head: &str, rows: impl ExactSizeIterator<Item = String>) -> String {
    let left = rows.len().saturating_sub(MOST_ROWS);
    let more = (left > 0).then(|| format!("\n\n… and {left} more"));
    let rows: Vec<String> = rows.take(MOST_ROWS).collect();
    format!("{head}\n{}{}", rows.join("\n"), more.unwrap_or_default())
}

fn row(change: &Change) -> String {
    let location = |location: &Option<Location>| {
        location.as_ref().map_or(String::new(), |location| code(&location.to_string()))
    };
    let reached = match (change.area, change.operations.is_empty()) {
        (Area::Wire, false) => {
            let names = change.operations.iter().map(|name| code(name));
            format!("<br>Reaches {}.", names.collect::<Vec<_>>().join(", "))
        }
        _ => String::new(),
    };
    let declared = change.declared.iter().map(|version| format!("<br>Declared for {version}."));
    format!(
        "| {} | {}{reached}{} | {} | {} | {} |",
        change.area.name(),
        escaped(&change.message),
        declared.collect::<String>(),
        code(change.rule),
        location(&change.old),
        location(&change.new)
    )
}

fn folded(title: &str, changes: Vec<&Change>) -> String {
    if changes.is_empty() {
        return String::new();
    }
    details(title, changes.len(), &table(&changes))
}

fn details(title: &str, count: usize, table: &str) -> String {
    format!("<details>\n<summary>{title} ({count})</summary>\n\n{table}\n\n</details>")
}

/// Shows how to declare the undeclared breaks. Declaring a wire break also covers the Rust breaks that follow from it.
fn declaration(breaks: &[&Change]) -> String {
    let undeclared = || breaks.iter().filter(|it| it.is_undeclared_break());
    let is_covered = |change: &Change| {
        change.area == Area::Rust
            && undeclared().any(|it| it.area == Area::Wire && it.pointer == change.pointer)
    };
    let mut entries: Vec<String> = Vec::new();
    for change in undeclared().filter(|change| !is_covered(change)) {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let entry = format!(
            "[[break]]\nrule = {}\npointer = {}\nreason = \"…\"\nversion = \"…\"",
            quoted(change.rule),
            quoted(&change.pointer)
        );
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    match entries.is_empty() {
        true => String::new(),
        false => format!(
            "<details>\n<summary>Declare the intended breaks in spec/breaks.toml</summary>\n\n````toml\n{}\n````\n\n\
             </details>",
            entries.join("\n\n")
        ),
    }
}

/// Escapes a sentence with names in backticks. If a name itself contains a backtick, replaces all backticks.
fn escaped(text: &str) -> String {
    let text = text.replace('|', "\\|");
    let is_regular = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    if !is_regular {
        return plain(&text.replace('`', "'"));
    }
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => plain(part),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

fn plain(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    ["*", "_", "[", "]"].iter().fold(text, |text, mark| text.replace(mark, &format!("\\{mark}")))
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('|', "\\|"))
}
