//! Reports different names that become the same Rust name.

use std::collections::HashMap;

use document::{DiagnosticBuilder, Node, Rule};

/// A name in the document, with its node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'t> {
    pub(super) name: &'t str,
    pub(super) at: Node<'t>,
}

/// The settings for reporting collisions among names of one kind.
pub(super) struct Collisions {
    pub(super) rule: &'static Rule,
    /// The kind of item that the names become in Rust, such as a method.
    pub(super) item: &'static str,
    pub(super) help: &'static str,
}

impl Collisions {
    /// Reports each name that becomes the same Rust name as an earlier, different name.
    pub(super) fn among<'t>(
        &self,
        names: impl IntoIterator<Item = Named<'t>>,
        convert: fn(&str) -> String,
    ) -> Vec<DiagnosticBuilder<'t>> {
        let mut firsts: HashMap<String, Named<'t>> = HashMap::new();
        let names = names.into_iter().filter_map(|named| {
            let converted = convert(named.name);
            let first = *firsts.entry(converted.clone()).or_insert(named);
            (first.name != named.name).then(|| self.diagnostic(named, first, &converted))
        });
        names.collect()
    }

    fn diagnostic<'t>(
        &self,
        named: Named<'t>,
        first: Named<'_>,
        converted: &str,
    ) -> DiagnosticBuilder<'t> {
        let (one, other, item) = (first.name, named.name, self.item);
        let message = format!("`{one}` and `{other}` both become the {item} `{converted}`");
        self.rule.at(named.at, message).related(first.at, "the other name").help(self.help)
    }
}
