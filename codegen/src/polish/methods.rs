//! Polishes the methods of the client, one for each operation.

mod body;

use syn::{
    FnArg, ImplItem, ImplItemFn, Lifetime, Pat, PathArguments, PathSegment, Signature, Type,
    parse_quote,
    visit_mut::{self, VisitMut},
};

pub(super) use self::body::format_arguments;
use super::{
    codes::{Codes, Subject},
    deprecation,
    docs::Docs,
    statuses,
};
use crate::annotation::{Annotation, DocumentedError};

/// Polishes a method of the client and returns the error statuses that it documents.
pub(super) fn polish(
    item: &mut ImplItem,
    codes: &mut Codes,
    docs: &mut Docs<'_>,
) -> Vec<DocumentedError> {
    let ImplItem::Fn(method) = item else { return Vec::new() };
    let annotation = document(method, codes, docs);
    simplify_signature(&mut method.sig);
    let borrows_body = method.sig.inputs.iter().any(is_borrowed_body);
    body::simplify(&mut method.block, &annotation, borrows_body);
    annotation.errors
}

fn document(method: &mut ImplItemFn, codes: &mut Codes, docs: &mut Docs<'_>) -> Annotation {
    let (text, annotation) = docs.take(&mut method.attrs);
    let operation = format!("`{}`", method.sig.ident);
    let subject = Subject { name: &operation, status: None };
    let mut text = codes.link(&with_separate_arguments(&text), subject);
    text.push_str(&statuses::section(&operation, &annotation.errors, codes));
    deprecation::mark(&mut method.attrs, &annotation);
    docs.put(&mut method.attrs, &text);
    annotation
}

/// Inserts an empty line between arguments, so that branches that edit the descriptions of two of them do not conflict.
fn with_separate_arguments(text: &str) -> String {
    const LIST: &str = "\nArguments:\n";
    match text.rsplit_once(LIST) {
        Some((before, arguments)) => {
            format!("{before}{LIST}\n{}", arguments.replace("\n- `", "\n\n- `"))
        }
        None => text.to_owned(),
    }
}

/// Removes the type of the error body, because there is a single error type, and lifetimes that the compiler infers.
fn simplify_signature(signature: &mut Signature) {
    signature.generics = Default::default();
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(_) => *input = parse_quote!(&self),
            FnArg::Typed(argument) => WithoutLifetimes.visit_type_mut(&mut argument.ty),
        }
    }
    SingleError.visit_return_type_mut(&mut signature.output);
}

fn is_borrowed_body(input: &FnArg) -> bool {
    let FnArg::Typed(argument) = input else { return false };
    let is_body = matches!(&*argument.pat, Pat::Ident(pattern) if pattern.ident == "body");
    is_body && matches!(&*argument.ty, Type::Reference(_))
}

/// Removes lifetimes from types.
struct WithoutLifetimes;

impl VisitMut for WithoutLifetimes {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        reference.lifetime = None;
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        *lifetime = parse_quote!('_);
    }
}

/// Replaces `Error<T>` with `Error`.
struct SingleError;

impl VisitMut for SingleError {
    fn visit_path_segment_mut(&mut self, segment: &mut PathSegment) {
        if segment.ident == "Error" {
            segment.arguments = PathArguments::None;
        }
        visit_mut::visit_path_segment_mut(self, segment);
    }
}
