//! Keys that stand twice in an object.

use document::{DiagnosticBuilder, Entry, Node, Report};

use super::DUPLICATE_KEY;

/// Reports the repeated keys of an object; those of one run have one cause.
pub(super) fn check(node: Node<'_>, report: &mut Report) {
    let repeated = node.repeated().map(|(index, entry, first)| Repeated { index, entry, first });
    let mut runs: Vec<Vec<Repeated<'_>>> = Vec::new();
    for repeated in repeated {
        match runs.last_mut().filter(|run| goes_on(node, run, repeated)) {
            Some(run) => run.push(repeated),
            None => runs.push(vec![repeated]),
        }
    }
    report.extend(runs.iter().filter_map(|run| told(run)));
    // The line of a key stands twice, and what it begins follows the second.
    let empty = runs.iter().flatten().map(|repeated| repeated.first.value);
    empty.filter(|value| value.text() == Some("")).for_each(|value| report.suppress(value));
    // Of two objects in one nobody knows what belongs to which.
    if runs.iter().any(|run| run.len() > 1) {
        report.suppress(node);
    }
}

/// An entry whose key has stood in the object before.
#[derive(Clone, Copy)]
struct Repeated<'t> {
    index: usize,
    entry: Entry<'t>,
    first: Entry<'t>,
}

/// Whether a key is one more of a second object, the line above which is gone: it stands there once, and half
/// of its keys at least are those of the first.
fn goes_on(node: Node<'_>, run: &[Repeated<'_>], next: Repeated<'_>) -> bool {
    let is_on_lines_of_its_own = !node.source().starts_with('{');
    let is_new = run.iter().all(|earlier| earlier.first.key != next.first.key);
    let length = run.first().map_or(1, |first| next.index - first.index + 1);
    is_on_lines_of_its_own && is_new && 2 * (run.len() + 1) >= length
}

fn told<'t>(run: &[Repeated<'t>]) -> Option<DiagnosticBuilder<'t>> {
    let (Repeated { entry, first, .. }, others) = run.split_first()?;
    let message = format!("`{}` stands twice", entry.name());
    let (message, help) = match others {
        [] => (message, "merge the two, or rename one of them"),
        [Repeated { entry: other, .. }] => {
            (format!("{message}, and so does `{}` below it", other.name()), MISSING_LINE)
        }
        _ => (format!("{message}, and so do {} of the keys below it", others.len()), MISSING_LINE),
    };
    let diagnostic = DUPLICATE_KEY.at(entry.key, message).related(first.key, "the first one");
    Some(diagnostic.help(help))
}

const MISSING_LINE: &str = "a line may be missing above, with which another object begins; add it, or \
                            keep each key once";
