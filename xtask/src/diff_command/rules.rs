//! Lists and explains the rules about changes.

use anyhow::bail;
use diff::{Area, Rule, rules};

/// Returns the rules by area, one per line.
pub(super) fn list() -> String {
    let width = rules::all().map(|rule| rule.id.len()).max().unwrap_or_default();
    let areas = Area::ALL.map(|area| {
        let rules = rules::all().filter(|rule| rule.area == area);
        let lines = rules
            .map(|rule| format!("  {:width$}  {:13}  {}\n", rule.id, severity(rule), rule.summary));
        let (first, rest) = area.name().split_at(1);
        format!("{}{rest}\n{}", first.to_uppercase(), lines.collect::<String>())
    });
    areas.join("\n")
}

/// Returns the severity of a rule, or `depends` if it differs between requests and responses.
fn severity(rule: &Rule) -> &'static str {
    match rule.request.severity == rule.response.severity {
        true => rule.request.severity.name(),
        false => "depends",
    }
}

/// Returns the page of a rule: what changes, and who breaks.
pub(super) fn page(id: &str) -> anyhow::Result<String> {
    let Some(rule) = rules::find(id) else {
        match rules::nearest(id) {
            Some(similar) => bail!("there is no rule `{id}`; did you mean `{similar}`?"),
            None => bail!("there is no rule `{id}`; list them with `cargo xtask diff --rules`"),
        }
    };
    let Rule { id, area, summary, request, response } = rule;
    let effects = match rule.is_directed() {
        false => format!("{}: {}.\n", request.severity.name(), request.who),
        true => format!(
            "In a request {}: {}.\nIn a response {}: {}.\n",
            request.severity.name(),
            request.who,
            response.severity.name(),
            response.who
        ),
    };
    Ok(format!("{id} ({}): {summary}\n\n{effects}", area.name()))
}
