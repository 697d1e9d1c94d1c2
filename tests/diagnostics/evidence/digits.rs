//! Tests that numbers are compared by their digits, so that `100.10` differs from `100.1`.

use document::{
    Tree,
    exact::{self, Difference},
};

/// Returns the differences between a JSON and a YAML value on one line, or an empty string if there are none.
fn difference(json: &str, yaml: &str) -> String {
    let json = exact::json(json).expect("JSON");
    let yaml = exact::value(Tree::parse(yaml).unwrap().expect("YAML").root());
    let differences = exact::differences(&json, &yaml).into_iter();
    let differences =
        differences.map(|Difference { at, left, right }| format!("{at}: {left} and {right}"));
    differences.collect::<Vec<_>>().join("; ")
}

#[test]
fn all_differences_are_found() {
    let json = r#"{"a":1,"b":[1,2],"c":"x","d":true}"#;
    let yaml = "{ a: 2, b: [3, 4], d: true, e: {} }";
    let expected = "/a: `1` and `2`; /b/0: `1` and `3`; /b/1: `2` and `4`; /c: `\"x\"` and absent; \
                    /e: absent and an object";
    assert_eq!(difference(json, yaml), expected);
}

#[test]
fn only_the_first_difference_of_arrays_with_different_lengths() {
    assert_eq!(difference("[0, 1, 2]", "[1, 2]"), "/0: `0` and `1`");
}

#[test]
fn equal_numbers() {
    assert_eq!(difference("100", "100"), "");
}

#[test]
fn trailing_zeros() {
    assert_eq!(difference("100.10", "100.1"), ": `100.10` and `100.1`");
}

#[test]
fn more_digits_than_a_float_can_hold() {
    let digits = "28.82860766744404945074";
    assert_eq!(difference(digits, digits), "");
    assert_ne!(difference(digits, "28.82860766744404945075"), "");
}

#[test]
fn exponents() {
    assert_eq!(difference("1e2", "100.0"), ": `1e2` and `100.0`");
}

#[test]
fn numbers_in_yaml_notation() {
    assert_eq!(difference("[16, 1.50, 0.50, -0.5]", "[0x10, +1.50, .50, -.5]"), "");
}

#[test]
fn a_number_and_a_string_with_its_digits() {
    assert_eq!(difference("100", "'100'"), ": `100` and `\"100\"`");
}

#[test]
fn nested_values() {
    let json = r#"{"items":[{"a/b":null},{"a/b":[1,2]}]}"#;
    assert_eq!(
        difference(json, "items: [{a/b: null}, {a/b: [1, 3]}]"),
        "/items/1/a~1b/1: `2` and `3`"
    );
}

#[test]
fn members_and_items_missing_on_one_side() {
    assert_eq!(difference("{}", "a: []"), "/a: absent and an array");
    assert_eq!(difference("[{}]", "[]"), "/0: an object and absent");
}

#[test]
fn the_order_of_members_does_not_matter() {
    assert_eq!(difference(r#"{"a":true,"b":"c"}"#, "b: c\na: true"), "");
}

#[test]
fn an_anchor_and_its_alias() {
    assert_eq!(difference(r#"{"a":1.50,"b":1.50}"#, "a: &a 1.50\nb: *a"), "");
}
