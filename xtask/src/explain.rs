//! Lists and explains the rules.

use anyhow::bail;
use document::{Registry, Rule};
use xtask::{registry, registry_of_pages, registry_of_traffic};

/// Returns the rules of a registry by group, one per line.
pub(crate) fn list(registry: &Registry) -> String {
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

/// Returns the page of any command's rule, with its reason and its examples.
pub(crate) fn page(id: &str) -> anyhow::Result<String> {
    let registries = [registry(), registry_of_pages(), registry_of_traffic()];
    let registry = Registry::new(registries.iter().flat_map(Registry::groups));
    let Some(Rule { id, severity, summary, why, wrong, right }) = registry.rule(id) else {
        match registry.nearest(id) {
            Some(similar) => bail!("there is no rule `{id}`; did you mean `{similar}`?"),
            None => bail!("there is no rule `{id}`; list them with `--rules`"),
        }
    };
    let severity = severity.name();
    let [wrong, right] = [wrong, right].map(|example| textwrap::indent(example, "    "));
    Ok(format!("{id} ({severity}): {summary}\n\n{why}\n\nWrong:\n\n{wrong}\nRight:\n\n{right}"))
}
