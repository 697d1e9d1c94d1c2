//! Lists and explains the rules.

use anyhow::bail;
use document::Rule;
use xtask::registry;

/// Returns the rules by group, one per line.
pub(super) fn list() -> String {
    let registry = registry();
    let width = registry.rules().map(|rule| rule.id.len()).max().unwrap_or_default();
    let groups = registry.groups().filter(|group| !group.rules.is_empty());
    let groups = groups.map(|group| {
        let rules = group.rules.iter().map(|rule| {
            format!("  {:width$}  {:7}  {}\n", rule.id, rule.severity.name(), rule.summary)
        });
        format!("{}\n{}", group.title, rules.collect::<String>())
    });
    groups.collect::<Vec<_>>().join("\n")
}

/// Returns the page of a rule: its reason and its examples.
pub(super) fn page(id: &str) -> anyhow::Result<String> {
    let registry = registry();
    let Some(Rule { id, severity, summary, why, wrong, right }) = registry.rule(id) else {
        match registry.nearest(id) {
            Some(similar) => bail!("there is no rule `{id}`; did you mean `{similar}`?"),
            None => bail!("there is no rule `{id}`; list them with `cargo xtask lint --rules`"),
        }
    };
    let severity = severity.name();
    let [wrong, right] = [wrong, right].map(|example| textwrap::indent(example, "    "));
    Ok(format!("{id} ({severity}): {summary}\n\n{why}\n\nWrong:\n\n{wrong}\nRight:\n\n{right}"))
}
