//! Converts names to Rust names in the same way as the generator.
//!
//! progenitor 0.15.1 converts the names of methods and arguments, and typify 0.8.0 the names of types and members, both
//! in `util.rs`. They put different characters before a leading digit.

use heck::{ToPascalCase as _, ToSnakeCase as _};
use icu_normalizer::ComposingNormalizer;
use unicode_ident::{is_xid_continue, is_xid_start};

/// Returns the method name for an operationId, or the argument name for a parameter.
pub(super) fn function(name: &str) -> String {
    identifier(cased(name, str::to_snake_case), "_", "x")
}

/// Returns the member name for a property.
pub(super) fn member(name: &str) -> String {
    identifier(cased(name, str::to_snake_case), "x", "x")
}

/// Returns the type name for a schema, or the variant name for a value.
pub(super) fn item(name: &str) -> String {
    identifier(cased(name, str::to_pascal_case), "X", "X")
}

/// Returns the type name that the generator derives from an operationId and a part of the operation.
pub(super) fn item_of_operation(id: &str, rest: &str) -> String {
    identifier(cased(&format!("{id}-{rest}"), str::to_pascal_case), "_", "X")
}

/// Returns the variant name for a value if the plain variant names of its enum are not unique.
pub(super) fn unique_variant(value: &str) -> String {
    item(&value.replace(|char| char == '_' || !is_xid_continue(char), "X"))
}

fn cased(name: &str, case: fn(&str) -> String) -> String {
    match name {
        // Both crates special-case these names, which occur in GitHub's API.
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => case(&name.replace('\'', "").replace(|char| !is_xid_continue(char), "-")),
    }
}

fn identifier(name: String, before_digit: &str, empty: &str) -> String {
    // The compiler normalizes identifiers before it compares them.
    let name = ComposingNormalizer::new_nfc().normalize(&name).into_owned();
    let name = match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("{before_digit}{name}"),
    };
    match is_keyword(&name) {
        true => format!("{name}_"),
        false => name,
    }
}

fn is_keyword(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_err() || name == "gen"
}
