//! Names as the generator converts them.
//!
//! As progenitor 0.15.1 (`util.rs`) and typify 0.8.0 (`util.rs`) do it, which differ in what they put before
//! a digit.

use heck::{ToPascalCase as _, ToSnakeCase as _};
use icu_normalizer::ComposingNormalizer;
use unicode_ident::{is_xid_continue, is_xid_start};

/// The method of an operationId, or the argument of a parameter.
pub(super) fn function(name: &str) -> String {
    identifier(cased(name, str::to_snake_case), "_", "x")
}

/// The member of a property.
pub(super) fn member(name: &str) -> String {
    identifier(cased(name, str::to_snake_case), "x", "x")
}

/// The type of a schema, or the variant of a value.
pub(super) fn item(name: &str) -> String {
    identifier(cased(name, str::to_pascal_case), "X", "X")
}

/// The name of a type that the generator puts together of an operationId and what follows it.
pub(super) fn item_of_operation(id: &str, rest: &str) -> String {
    identifier(cased(&format!("{id}-{rest}"), str::to_pascal_case), "_", "X")
}

/// The variant of a value where those of all values are not told apart otherwise.
pub(super) fn variant_with_signs(value: &str) -> String {
    item(&value.replace(|sign| sign == '_' || !is_xid_continue(sign), "X"))
}

fn cased(name: &str, case: fn(&str) -> String) -> String {
    match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => case(&name.replace('\'', "").replace(|sign| !is_xid_continue(sign), "-")),
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
