//! Finds the beginning that the paths of all operations share.

use syn::{
    Expr, ExprLit, FieldValue, File, Item, Lit, Member, parse_quote,
    visit::{self, Visit},
};

/// Returns a constant with the whole segments that every path begins with, up to the first placeholder. With a base URL
/// that ends with these segments, the client would send them twice.
pub(super) fn constant(operations: &File) -> Item {
    let mut paths = Paths::default();
    paths.visit_file(operations);
    let common = common(&paths.0);
    parse_quote! {
        /// The beginning that the paths of all operations share.
        pub(crate) const COMMON_PATH: &str = #common;
    }
}

fn common(paths: &[String]) -> String {
    let Some((first, others)) = paths.split_first() else { return String::new() };
    let segments = first.split('/').take_while(|segment| !segment.contains('{')).enumerate();
    let common = segments.take_while(|(index, segment)| {
        others.iter().all(|path| path.split('/').nth(*index) == Some(segment))
    });
    common.map(|(_, segment)| segment).collect::<Vec<_>>().join("/")
}

/// The path templates of the operations.
#[derive(Default)]
struct Paths(Vec<String>);

impl<'ast> Visit<'ast> for Paths {
    fn visit_field_value(&mut self, field: &'ast FieldValue) {
        if let (Member::Named(name), Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) =
            (&field.member, &field.expr)
            && name == "path"
        {
            // A fragment distinguishes operations with the same path. It is not sent.
            self.0.extend(text.value().split('#').next().map(str::to_owned));
        }
        visit::visit_field_value(self, field);
    }
}

#[cfg(test)]
mod tests {
    use super::common;

    fn of(paths: &[&str]) -> String {
        common(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn whole_segments_before_a_placeholder_are_shared() {
        assert_eq!(of(&["/v1/orders/{id}", "/v1/orders"]), "/v1/orders");
        assert_eq!(of(&["/v1/orders", "/v10/orders"]), "");
        assert_eq!(of(&["/{id}/orders"]), "");
        assert_eq!(of(&[]), "");
    }
}
