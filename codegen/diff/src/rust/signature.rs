//! The signature of a function.

use quote::ToTokens as _;
use syn::{Fields, FnArg, ReturnType};

use super::tokens::shown;

/// The properties of a function on which callers depend.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signature {
    /// The declaration without the arguments, such as `async fn<T>(&self, …) where T: Into<String>`.
    pub(crate) form: String,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) result: String,
    /// The method and path of the operation that it calls.
    pub(crate) operation: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) ty: String,
}

/// Reads the signature of a function, and the operation that its body calls.
pub(super) fn of(signature: &syn::Signature, body: &str) -> Signature {
    let mut receiver = String::new();
    let mut arguments = Vec::new();
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(it) => {
                // Callers do not care whether `self` is mutable in the body.
                receiver = shown(it).trim_start_matches("mut ").to_owned();
            }
            FnArg::Typed(it) => arguments.push(Argument {
                name: shown(&it.pat).trim_start_matches("mut ").to_owned(),
                ty: shown(&it.ty),
            }),
        }
    }
    let qualifiers = [
        signature.constness.to_token_stream(),
        signature.asyncness.to_token_stream(),
        signature.safety.to_token_stream(),
    ];
    let qualifiers = qualifiers.iter().map(shown).filter(|it| !it.is_empty());
    let qualifiers: String = qualifiers.map(|it| it + " ").collect();
    let rest = if receiver.is_empty() { "…" } else { ", …" };
    let (generics, bounds) = (shown(&signature.generics), &signature.generics.where_clause);
    let bounds = bounds.as_ref().map(|it| format!(" {}", shown(it))).unwrap_or_default();
    let form = format!("{qualifiers}fn{generics}({receiver}{rest}){bounds}");
    let result = match &signature.output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, ty) => shown(ty),
    };
    Signature { form, arguments, result, operation: operation(body) }
}

/// Finds the HTTP method and the path in the body of a generated method.
fn operation(body: &str) -> Option<(String, String)> {
    let literal = |name: &str| {
        let (_, rest) = body.split_once(&format!("{name} : \""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let info = body.contains("OperationInfo");
    info.then(|| Some((literal("method")?, literal("path")?))).flatten()
}

/// Prints the values of a variant, without their documentation.
pub(super) fn payload(fields: &Fields) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|field| match &field.ident {
            Some(name) => format!("{name}: {}", shown(&field.ty)),
            None => shown(&field.ty),
        })
        .collect();
    match fields.is_empty() {
        true => "no value".to_owned(),
        false => fields.join(", "),
    }
}
