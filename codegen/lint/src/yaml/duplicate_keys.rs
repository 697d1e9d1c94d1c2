//! Reports keys that occur more than once in an object.

use document::{DiagnosticBuilder, Entry, Node, Report};

use super::DUPLICATE_KEY;

/// Reports the repeated keys of an object, once for each run of keys with the same cause.
pub(super) fn check(node: Node<'_>, report: &mut Report) {
    let repeated =
        node.duplicate_entries().map(|(index, entry, first)| Repeated { index, entry, first });
    let mut runs: Vec<Vec<Repeated<'_>>> = Vec::new();
    for repeated in repeated {
        match runs.last_mut().filter(|run| continues_run(node, run, repeated)) {
            Some(run) => run.push(repeated),
            None => runs.push(vec![repeated]),
        }
    }
    report.extend(runs.iter().filter_map(|run| diagnostic(run)));
    // If the line of a key was duplicated, the first key has no value, and the members follow the second.
    let empty = runs.iter().flatten().map(|repeated| repeated.first.value);
    empty.filter(|value| value.text() == Some("")).for_each(|value| report.suppress(value));
    // If the line between two objects is missing, it is unknown which member belongs to which.
    if runs.iter().any(|run| run.len() > 1) {
        report.suppress(node);
    }
}

/// An entry whose key occurs earlier in the object.
#[derive(Clone, Copy)]
struct Repeated<'t> {
    index: usize,
    entry: Entry<'t>,
    first: Entry<'t>,
}

/// Returns true if a repeated key continues a run. The line that begins a second object is then probably missing.
///
/// The second object would have each key once, and share at least half of its keys with the first.
fn continues_run(node: Node<'_>, run: &[Repeated<'_>], next: Repeated<'_>) -> bool {
    let is_block = !node.source().starts_with('{');
    let is_new = run.iter().all(|earlier| earlier.first.key != next.first.key);
    let length = run.first().map_or(1, |first| next.index - first.index + 1);
    is_block && is_new && 2 * (run.len() + 1) >= length
}

fn diagnostic<'t>(run: &[Repeated<'t>]) -> Option<DiagnosticBuilder<'t>> {
    let (Repeated { entry, first, .. }, others) = run.split_first()?;
    let message = format!("`{}` occurs twice", entry.name());
    let (message, help) = match others {
        [] => (message, "merge the two, or rename one of them"),
        [Repeated { entry: other, .. }] => {
            (format!("{message}, and so does `{}` below it", other.name()), MISSING_LINE)
        }
        _ => (format!("{message}, and so do {} of the keys below it", others.len()), MISSING_LINE),
    };
    let diagnostic = DUPLICATE_KEY.at(entry.key, message).related(first.key, "first occurrence");
    Some(diagnostic.help(help))
}

const MISSING_LINE: &str = "add the line that begins another object, if it is missing above, or keep each \
                            key once";
