//! Lists the combinations of schemas that can apply to a value.

use document::{Node, NodeId};

use super::Schemas;

/// The maximum number of combinations. Schemas with more alternatives than this do not occur in practice.
const MOST: usize = 64;

/// Schemas that all apply to a value.
type Variant<'d> = Vec<Node<'d>>;

impl<'d> Schemas<'_, 'd> {
    /// Returns the combinations for several schemas that all apply.
    ///
    /// A schema whose reference cannot be resolved allows everything.
    pub(super) fn variants(self, schemas: &[Node<'d>]) -> Vec<Variant<'d>> {
        let mut open = Vec::new();
        let variants = schemas.iter().map(|schema| self.variants_of(*schema, &mut open));
        variants.fold(vec![Vec::new()], |all, more| product(&all, &more))
    }

    /// `open` lists the schemas that contain this one. A schema that contains itself adds nothing.
    fn variants_of(self, schema: Node<'d>, open: &mut Vec<NodeId>) -> Vec<Variant<'d>> {
        let resolved = self.document.resolve(schema);
        let Some(schema) = resolved.filter(|schema| !open.contains(&schema.id())) else {
            return vec![Vec::new()];
        };
        open.push(schema.id());
        let mut variants = vec![vec![schema]];
        for part in schema.items_of("allOf") {
            variants = product(&variants, &self.variants_of(part, open));
        }
        for keyword in ["oneOf", "anyOf"] {
            let alternatives = schema.items_of(keyword);
            let mut alternatives: Vec<Variant<'d>> =
                alternatives.flat_map(|it| self.variants_of(it, open)).take(MOST).collect();
            if keyword == "anyOf" && alternatives.len() > 1 {
                // A value may match several alternatives, each of which declares some of its members.
                alternatives.push(alternatives.concat());
            }
            if !alternatives.is_empty() {
                variants = product(&variants, &alternatives);
            }
        }
        open.pop();
        variants
    }
}

fn product<'d>(some: &[Variant<'d>], more: &[Variant<'d>]) -> Vec<Variant<'d>> {
    let pairs = some.iter().flat_map(|one| more.iter().map(move |other| (one, other)));
    pairs.map(|(one, other)| [one.as_slice(), other].concat()).take(MOST).collect()
}
