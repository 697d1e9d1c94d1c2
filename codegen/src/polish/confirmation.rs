//! Makes the runtime check that the response to a write confirms what was sent.

use std::collections::BTreeMap;

use syn::{
    Expr, ExprCall, Field, Fields, File, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, Item,
    Pat, PathArguments, PathSegment, ReturnType, Type, parse_quote,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use super::serde_attributes::SerdeAttribute;

/// The fields of each model.
type Models<'t> = BTreeMap<&'t Ident, &'t Fields>;

/// Passes the request body, and the members that it has in common with the response, to the call that reads the
/// response of each operation.
pub(super) fn require(operations: &mut File, types: &File) {
    let models: Models<'_> = types.items.iter().filter_map(model_of).collect();
    for item in &mut operations.items {
        if let Item::Impl(client) = item {
            client.items.iter_mut().for_each(|item| confirm(item, &models));
        }
    }
}

fn model_of(item: &Item) -> Option<(&Ident, &Fields)> {
    match item {
        Item::Struct(model) => Some((&model.ident, &model.fields)),
        _ => None,
    }
}

fn confirm(item: &mut ImplItem, models: &Models<'_>) {
    let ImplItem::Fn(method) = item else { return };
    let members = common_members(method, models);
    if !members.is_empty() {
        Confirm(members).visit_block_mut(&mut method.block);
    }
}

fn common_members(method: &ImplItemFn, models: &Models<'_>) -> Vec<String> {
    let sent = method.sig.inputs.iter().find_map(body).and_then(|model| models.get(model));
    let received = response(&method.sig.output).and_then(|model| models.get(&model));
    let (Some(sent), Some(received)) = (sent, received) else { return Vec::new() };
    let received = names(received);
    names(sent).into_iter().filter(|member| received.contains(member)).collect()
}

/// Returns the wire names of a model's members.
fn names(fields: &Fields) -> Vec<String> {
    let name = |field: &Field| {
        let serde = SerdeAttribute::of(&field.attrs);
        let name = serde.rename().or_else(|| Some(field.ident.as_ref()?.to_string()));
        name.filter(|_| !serde.has("flatten"))
    };
    fields.iter().filter_map(name).collect()
}

/// Returns the model of an argument if the argument is the body.
fn body(argument: &FnArg) -> Option<&Ident> {
    let FnArg::Typed(argument) = argument else { return None };
    let is_body = matches!(&*argument.pat, Pat::Ident(pattern) if pattern.ident == "body");
    match &*argument.ty {
        Type::Reference(reference) if is_body => model(&reference.elem),
        _ => None,
    }
}

fn model(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    }
}

/// Returns the model that a method returns in a `ResponseValue`.
pub(super) fn response(output: &ReturnType) -> Option<Ident> {
    let mut response = Response(None);
    response.visit_return_type(output);
    response.0
}

struct Response(Option<Ident>);

impl<'ast> Visit<'ast> for Response {
    fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
        if segment.ident == "ResponseValue"
            && let PathArguments::AngleBracketed(arguments) = &segment.arguments
            && let Some(GenericArgument::Type(ty)) = arguments.args.first()
        {
            self.0 = model(ty).cloned();
        }
        visit::visit_path_segment(self, segment);
    }
}

struct Confirm(Vec<String>);

impl VisitMut for Confirm {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        if let Expr::Path(function) = &mut *call.func
            && let Some(last) = function.path.segments.last_mut()
            && last.ident == "from_response"
        {
            last.ident = parse_quote!(confirmed);
            let members = &self.0;
            call.args.push(parse_quote!(body));
            call.args.push(parse_quote!(&[#(#members),*]));
        }
    }
}
