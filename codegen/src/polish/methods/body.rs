//! Rewrites the statements that progenitor generates for the body of a method into a readable form.

use quote::{format_ident, quote};
use syn::{
    Block, Expr, ExprMethodCall, ExprTry, Ident, LitStr, Local, Macro, Pat, Stmt, Token,
    ext::IdentExt as _,
    parse_quote,
    punctuated::Punctuated,
    visit_mut::{self, VisitMut},
};

use crate::{
    annotation::Annotation,
    polish::{calls, paths},
};

/// Rewrites a body statement by statement. `info` comes first, because errors mention the operation. The statements
/// that make the request become a closure, because each attempt of a call needs a separate request.
pub(super) fn simplify(block: &mut Block, annotation: &Annotation, borrows_body: bool) {
    let appended = block.stmts.iter().filter(|statement| calls::has(statement, "append"));
    let sets_headers = appended.count() > 1;
    let mut calls = Calls { sets_headers, borrows_body };
    let mut first = Vec::new();
    let mut rest = Vec::new();
    let mut sent: Option<Expr> = None;
    for mut statement in std::mem::take(&mut block.stmts) {
        match binding(&statement).as_deref() {
            Some("info") => first.push(with_facts(statement, annotation)),
            Some("url") => rest.push(fill_path(statement)),
            Some("header_map") if !sets_headers => {}
            Some("request") => {
                calls.visit_stmt_mut(&mut statement);
                rest = vec![make_request(rest, statement)];
            }
            Some("result") => sent = initializer(statement),
            Some("response") => rest.push(receive(statement, sent.take())),
            _ if sends_api_version(&statement) || is_hook(&statement) => {}
            _ => {
                calls.visit_stmt_mut(&mut statement);
                rest.push(statement);
            }
        }
    }
    block.stmts = first.into_iter().chain(rest).collect();
}

/// Returns `let request = || { ..; Ok(self.client.get(url)) };` for `let mut request = self.client.get(url).build()?;`.
fn make_request(statements: Vec<Stmt>, mut request: Stmt) -> Stmt {
    if let Stmt::Local(Local { pat: Pat::Ident(name), init: Some(init), .. }) = &mut request
        && let Expr::Try(fallible) = &*init.expr
        && let Expr::MethodCall(build) = &*fallible.expr
    {
        let builder = &build.receiver;
        name.mutability = None;
        *init.expr = parse_quote!(|| { #(#statements)* Ok(#builder) });
    }
    request
}

/// Returns `let url = self.url(&info, &[("id", &id)])?;` for
/// `let url = format!("{}/v1/{}", self.baseurl, encode_path(&id.to_string()));`.
fn fill_path(mut statement: Stmt) -> Stmt {
    if let Stmt::Local(Local { init: Some(init), .. }) = &mut statement
        && let Expr::Macro(format) = &*init.expr
        && let Some((_, arguments)) = format_arguments(&format.mac)
    {
        let names: Vec<Ident> = arguments.iter().skip(1).filter_map(argument_name).collect();
        let texts = names.iter().map(|name| name.unraw().to_string());
        *init.expr = parse_quote!(self.url(&info, &[#((#texts, &#names)),*])?);
    }
    statement
}

/// Returns the name that a statement binds. progenitor adds an underscore if a parameter has the same name.
fn binding(statement: &Stmt) -> Option<String> {
    let Stmt::Local(Local { pat: Pat::Ident(pattern), .. }) = statement else { return None };
    Some(pattern.ident.to_string().trim_start_matches('_').to_owned())
}

fn initializer(statement: Stmt) -> Option<Expr> {
    match statement {
        Stmt::Local(Local { init: Some(init), .. }) => Some(*init.expr),
        _ => None,
    }
}

fn with_facts(mut statement: Stmt, annotation: &Annotation) -> Stmt {
    if let Stmt::Local(Local { init: Some(init), .. }) = &mut statement
        && let Expr::Struct(info) = &mut *init.expr
    {
        let Annotation { method, path, tokens, .. } = annotation;
        let method = method.as_deref().unwrap_or_default();
        let path = path.as_deref().unwrap_or_default();
        let tokens = tokens.iter().map(|kind| format_ident!("{}", kind.variant()));
        info.fields.push(parse_quote!(method: #method));
        info.fields.push(parse_quote!(path: #path));
        info.fields.push(parse_quote!(tokens: &[#(TokenKind::#tokens),*]));
    }
    statement
}

/// Returns `let response = self.exec(&request, &info).await?;`. progenitor first binds the result to a name, to pass it
/// to a hook.
fn receive(mut statement: Stmt, sent: Option<Expr>) -> Stmt {
    if let Stmt::Local(Local { init: Some(init), .. }) = &mut statement
        && let Some(Expr::Await(mut sent)) = sent
        && let Expr::MethodCall(exec) = &mut *sent.base
        && let Some(request) = exec.args.first_mut()
    {
        *request = parse_quote!(&#request);
        *init.expr = parse_quote!(#sent?);
    }
    statement
}

/// Returns true if a statement calls a hook. A hook would run once per call, but the runtime acts on each attempt.
fn is_hook(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::Try(ExprTry { expr, .. }), _) = statement else { return false };
    let Expr::Await(future) = &**expr else { return false };
    matches!(&*future.base, Expr::MethodCall(call) if call.method == "pre" || call.method == "post")
}

/// Returns true if a statement appends progenitor's own header `api-version`, which the document does not declare.
fn sends_api_version(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::MethodCall(call), _) = statement else { return false };
    let name = || parse_quote!(::reqwest::header::HeaderName::from_static("api-version"));
    call.method == "append" && call.args.first().is_some_and(|header| *header == name())
}

fn accepts_json(header: &ExprMethodCall) -> bool {
    let Some(Expr::Path(name)) = header.args.first() else { return false };
    paths::is(&name.path, &["reqwest", "header", "ACCEPT"])
}

/// Returns true if an expression is awaited, or is `self.client.get(url).build()`, whose error the runtime maps.
fn ends_request(expression: &Expr) -> bool {
    match expression {
        Expr::Await(_) => true,
        Expr::MethodCall(call) => call.method == "build",
        _ => false,
    }
}

/// Rewrites calls within the statements that make the request.
struct Calls {
    sets_headers: bool,
    borrows_body: bool,
}

impl VisitMut for Calls {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("allow"));
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        match expression {
            Expr::MethodCall(call) if call.method == "headers" && !self.sets_headers => {
                *expression = (*call.receiver).clone();
            }
            // progenitor writes `header(ACCEPT, HeaderValue::from_static("application/json"))`.
            Expr::MethodCall(call) if call.method == "header" && accepts_json(call) => {
                call.args = parse_quote!(ACCEPT, JSON);
            }
            // `json(&body)` would pass a reference to a reference.
            Expr::MethodCall(call) if call.method == "json" && self.borrows_body => {
                call.args = parse_quote!(body);
            }
            Expr::Try(fallible) if !ends_request(&fallible.expr) => {
                let inner = &fallible.expr;
                *expression =
                    parse_quote!(#inner.map_err(|error| Error::invalid_request(&info, error))?);
            }
            Expr::Path(path) if paths::is(&path.path, &["Error", "UnexpectedResponse"]) => {
                *expression = parse_quote!(Error::unexpected_response);
            }
            _ => {}
        }
    }
}

/// Returns the template and the arguments of a call to `format!`.
pub(in crate::polish) fn format_arguments(format: &Macro) -> Option<(String, Vec<Expr>)> {
    let arguments = format.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
    let mut arguments = arguments.into_iter();
    let template = arguments.next()?;
    let template: LitStr = syn::parse2(quote!(#template)).ok()?;
    Some((template.value(), arguments.collect()))
}

/// Returns `id` for `encode_path(&id.to_string())`.
fn argument_name(argument: &Expr) -> Option<Ident> {
    match argument {
        Expr::Call(call) => argument_name(call.args.first()?),
        Expr::Reference(reference) => argument_name(&reference.expr),
        Expr::MethodCall(call) => argument_name(&call.receiver),
        Expr::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    }
}
