//! Polishes the types that describe expected requests and responses.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{
    Block, Expr, ExprLit, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Lit, Path, Stmt, Type,
    Visibility, parse_quote,
    visit::Visit,
    visit_mut::{self, VisitMut},
};

use super::{Docs, Expectation, patterns};
use crate::polish::{calls, methods};

/// Polishes the types and their methods.
pub(super) fn polish(
    items: Vec<Item>,
    expectations: &[Expectation],
    docs: &mut Docs<'_>,
) -> Vec<Item> {
    let wrappers = wrappers(expectations);
    let polished = items.into_iter().filter_map(|mut item| {
        match &mut item {
            Item::Struct(structure) => {
                let text = wrappers.get(&structure.ident)?.documentation();
                docs.put(&mut structure.attrs, &text);
            }
            Item::Impl(block) => polish_block(block, &wrappers, docs)?,
            _ => return None,
        }
        Some(item)
    });
    polished.collect()
}

/// A wrapper around a type of httpmock.
#[derive(Clone, Copy)]
enum Wrapper<'a> {
    /// The expected requests of this operation.
    When(&'a Ident),
    /// The response to the requests of this operation.
    Then(&'a Ident),
}

type Wrappers<'a> = BTreeMap<&'a Ident, Wrapper<'a>>;

fn wrappers(expectations: &[Expectation]) -> Wrappers<'_> {
    let pairs = expectations.iter().flat_map(|Expectation { operation, when, then }| {
        [(when, Wrapper::When(operation)), (then, Wrapper::Then(operation))]
    });
    pairs.collect()
}

impl Wrapper<'_> {
    fn documentation(self) -> String {
        let link = |operation| format!("[`Client::{operation}`](crate::Client::{operation})");
        match self {
            Self::When(operation) => format!("The expected calls of {}.", link(operation)),
            Self::Then(operation) => {
                format!("The response to calls of {}.", link(operation))
            }
        }
    }
}

fn polish_block(block: &mut ItemImpl, wrappers: &Wrappers, docs: &mut Docs<'_>) -> Option<()> {
    let Type::Path(name) = &*block.self_ty else { return None };
    let wrapper = *wrappers.get(name.path.get_ident()?)?;
    block.items.retain(|item| !compares_list(item));
    for item in &mut block.items {
        if let ImplItem::Fn(method) = item {
            polish_method(method, wrapper, docs);
        }
    }
    if let Wrapper::Then(operation) = wrapper {
        block.items.push(example(operation, docs));
    }
    Some(())
}

/// Returns true if a method compares a list in the query, for which progenitor generates invalid code.
fn compares_list(item: &ImplItem) -> bool {
    let ImplItem::Fn(method) = item else { return false };
    // A signature contains no string literals, so these tokens are always a type.
    let has_list = method.sig.to_token_stream().to_string().contains("Vec <");
    has_list && method.block.stmts.iter().any(|statement| calls::has(statement, "query_param"))
}

fn polish_method(method: &mut ImplItemFn, wrapper: Wrapper, docs: &mut Docs<'_>) {
    let name = method.sig.ident.to_string();
    let is_optional = method.sig.generics.where_clause.is_some();
    let text = match (name.as_str(), wrapper) {
        ("new", _) => {
            method.vis = Visibility::Inherited;
            String::new()
        }
        ("into_inner", Wrapper::When(_)) => {
            "Returns the httpmock expectation, for further conditions.".into()
        }
        ("into_inner", Wrapper::Then(_)) => {
            "Returns the httpmock response, for further settings.".into()
        }
        ("body", Wrapper::When(_)) => "Expects this body.".into(),
        (_, Wrapper::When(_)) if is_optional => {
            format!("Expects this `{name}`, or that it is absent.")
        }
        (_, Wrapper::When(_)) => format!("Expects this `{name}`."),
        (_, Wrapper::Then(_)) => format!("Responds with {}.", status(&method.block)),
    };
    docs.put(&mut method.attrs, &text);
    compare_path(&mut method.block);
    Calls { wrapper }.visit_impl_item_fn_mut(method);
}

/// Returns the status that a method sets, in words.
fn status(block: &Block) -> String {
    let argument = calls::last(block, "status").and_then(|call| call.args.first());
    match argument {
        Some(Expr::Lit(ExprLit { lit: Lit::Int(number), .. })) => {
            format!("the status {}", number.base10_digits())
        }
        _ => "this status".to_owned(),
    }
}

/// Returns the method that responds with an example from the document. progenitor does not generate one.
fn example(operation: &Ident, docs: &mut Docs<'_>) -> ImplItem {
    let operation = operation.to_string();
    let mut method: ImplItemFn = parse_quote! {
        pub fn example(self, status: u16, name: &str) -> Self {
            Self(super::examples::respond(self.0, #operation, status, name))
        }
    };
    docs.put(
        &mut method.attrs,
        "Responds with the document's example that has this status and name; \
         [`OPERATIONS`](crate::mock::OPERATIONS) lists them.\n\n\
         # Panics\n\n\
         Panics if the document has no such example.",
    );
    ImplItem::Fn(method)
}

/// Escapes the value of a path parameter, which progenitor inserts into a regular expression.
fn compare_path(block: &mut Block) {
    let Some(Stmt::Local(local)) = block.stmts.first() else { return };
    let mut template = Template(None);
    template.visit_local(local);
    if let Some(template) = template.0 {
        *block = parse_quote!({
            let value = super::text::in_path(value);
            Self(self.0.path_matches(format!(#template)))
        });
    }
}

/// Finds the pattern of a path.
struct Template(Option<String>);

impl Visit<'_> for Template {
    fn visit_macro(&mut self, format: &syn::Macro) {
        let arguments = methods::format_arguments(format);
        self.0 = arguments.map(|(template, _)| patterns::literal(&template));
    }
}

/// Rewrites calls within the methods.
struct Calls<'a> {
    wrapper: Wrapper<'a>,
}

impl VisitMut for Calls<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        let Expr::MethodCall(call) = expression else { return };
        match (call.method.to_string().as_str(), self.wrapper) {
            // `json_body_obj` would convert the value to serde_json's numbers, in which money loses digits.
            ("json_body_obj", Wrapper::Then(_)) => {
                let (receiver, value) = (&call.receiver, &call.args);
                *expression = parse_quote!(#receiver.body(super::text::json(#value)));
            }
            ("json_body_obj", Wrapper::When(_)) => {
                let (receiver, value) = (&call.receiver, &call.args);
                *expression = parse_quote!(#receiver.json_body(serde_json::json!(#value)));
            }
            ("query_param", _) => call.args[1] = parse_quote!(super::text::in_query(value)),
            ("path_matches", _) => {
                if let Some(Expr::Lit(ExprLit { lit: Lit::Str(pattern), .. })) =
                    pattern(&call.args[0])
                {
                    let pattern = patterns::literal(&pattern.value());
                    call.args = parse_quote!(#pattern);
                }
            }
            _ => {}
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        if path.leading_colon.is_none()
            && path.segments.len() > 1
            && path.segments[0].ident == "types"
        {
            path.segments.insert(0, parse_quote!(crate));
        }
        visit_mut::visit_path_mut(self, path);
    }
}

/// Returns `"^/v1/…$"` for `regex::Regex::new("^/v1/…$").unwrap()`.
fn pattern(regex: &Expr) -> Option<Expr> {
    match regex {
        Expr::MethodCall(unwrap) if unwrap.method == "unwrap" => pattern(&unwrap.receiver),
        Expr::Call(new) => new.args.first().cloned(),
        other => Some(other.clone()),
    }
}
