//! Adds an example to the documentation of each operation. rustdoc compiles it and, if the mock can respond, runs it.

use quote::ToTokens;
use syn::{
    File, FnArg, GenericArgument, ImplItem, ImplItemFn, Item, Pat, PathArguments, ReturnType,
    Signature, Type,
};

use super::{body_example, docs::Docs};
use crate::examples::{Examples, Operation, raw_text, simplified};

/// The name of the client's crate.
const CRATE: &str = "partner_center_client";

/// The customer ID in the examples.
const GUID: &str = "11111111-1111-1111-1111-111111111111";

/// Adds an example to each method of a client.
pub(super) fn add(operations: &mut File, types: &File, examples: &Examples, docs: &mut Docs<'_>) {
    let methods = operations.items.iter_mut().flat_map(methods);
    for (method, operation) in methods.zip(&examples.operations) {
        let example = example(method, operation, &types.items, response);
        let section = format!("# Examples\n\n{example}");
        docs.insert_before(&method.attrs, "# Errors", &section);
    }
}

/// Returns the example for a method that returns a stream of pages or items. `method` is the method of the operation,
/// and `names` contains the name of the stream's method.
pub(super) fn of_stream(
    method: &ImplItemFn,
    operation: &Operation,
    types: &File,
    names: Stream<'_>,
) -> String {
    let lines = |_: &Signature, passed: &str| {
        let Stream { method, stream, item } = names;
        let call = format!("let mut {stream} = client.{method}({passed});");
        let next = format!("while let Some({item}) = {stream}.next().await {{");
        vec![call, next, format!("    println!(\"{{:#?}}\", {item}?);"), "}".to_owned()]
    };
    example(method, operation, &types.items, lines)
}

/// The names in the example of a stream: of its method, of the stream, and of what it yields.
#[derive(Clone, Copy)]
pub(super) struct Stream<'a> {
    pub(super) method: &'a str,
    pub(super) stream: &'a str,
    pub(super) item: &'a str,
}

fn methods(item: &mut Item) -> impl Iterator<Item = &mut ImplItemFn> {
    let items = match item {
        Item::Impl(block) => block.items.as_mut_slice(),
        _ => &mut [],
    };
    items.iter_mut().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}

/// Returns an example. `call` returns its last lines, given the signature and the arguments.
fn example(
    method: &ImplItemFn,
    operation: &Operation,
    types: &[Item],
    call: impl Fn(&Signature, &str) -> Vec<String>,
) -> String {
    let inputs = method.sig.inputs.iter();
    let arguments: Vec<Argument> =
        inputs.filter_map(|input| Argument::of(input, operation, types)).collect();
    let unknown: Vec<String> = arguments.iter().filter_map(Argument::parameter).collect();
    let runs = unknown.is_empty() && operation.can_succeed;
    let mut lines = Vec::new();
    lines.extend(imports(&arguments));
    lines.extend(arguments.iter().filter_map(Argument::statement));
    let passed: Vec<String> = arguments.iter().map(Argument::passed).collect();
    lines.extend(call(&method.sig, &passed.join(", ")));
    let allowed = if is_deprecated(method) { "# #![allow(deprecated)]\n" } else { "" };
    let (fence, before, after) = match runs {
        true => ("```", run(), "# } Ok(()) }"),
        false => ("```no_run", compile(&unknown), "# Ok(()) }"),
    };
    format!("{fence}\n{allowed}{before}\n{}\n{after}\n```", lines.join("\n"))
}

fn is_deprecated(method: &ImplItemFn) -> bool {
    method.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated"))
}

/// Returns the hidden lines before an example that runs.
fn run() -> String {
    format!(
        "# #[tokio::main(flavor = \"current_thread\")]\n\
         # async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
         # #[cfg(feature = \"mock\")] {{\n\
         # let client = {CRATE}::mock::MockTransport::new().client();"
    )
}

/// Returns the hidden lines before an example that is only compiled. Its parameters are the arguments without a value.
fn compile(unknown: &[String]) -> String {
    let parameters: String = unknown.iter().map(|parameter| format!(", {parameter}")).collect();
    format!(
        "# use {CRATE}::types;\n\
         # async fn example(client: {CRATE}::Client{parameters}) -> Result<(), Box<dyn std::error::Error>> {{"
    )
}

fn imports(arguments: &[Argument]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let values = || arguments.iter().map(|argument| &argument.value);
    if values().any(|value| matches!(value, Value::Json(_))) {
        names.push("serde_json");
    }
    if arguments.iter().any(Argument::needs_types) {
        names.push("types");
    }
    if arguments.iter().any(Argument::needs_uuid) {
        names.push("uuid::Uuid");
    }
    match names.as_slice() {
        [] => None,
        [name] => Some(format!("use {CRATE}::{name};\n")),
        names => Some(format!("use {CRATE}::{{{}}};\n", names.join(", "))),
    }
}

/// Returns the lines that call an operation and print its response.
fn response(signature: &Signature, passed: &str) -> Vec<String> {
    let call = format!("client.{}({passed}).await?;", signature.ident);
    match is_empty(&signature.output) {
        true => vec![call],
        false => {
            vec![format!("let response = {call}"), "println!(\"{response:#?}\");".to_owned()]
        }
    }
}

/// Returns true if the response has no value.
fn is_empty(output: &ReturnType) -> bool {
    output.to_token_stream().to_string().replace(' ', "").contains("ResponseValue<()>")
}

/// An argument of a method.
struct Argument {
    name: String,
    /// The type, without the reference.
    ty: String,
    is_reference: bool,
    value: Value,
}

enum Value {
    /// `None`, for an optional argument.
    None,
    /// A Rust literal.
    Literal(String),
    Guid(String),
    /// Calls of constructors.
    Code(String),
    /// The JSON text of a value that cannot be written as a literal.
    Json(String),
    /// No value, because the document has none.
    Unknown,
}

impl Argument {
    fn of(input: &FnArg, operation: &Operation, types: &[Item]) -> Option<Self> {
        let FnArg::Typed(argument) = input else { return None };
        let Pat::Ident(pattern) = &*argument.pat else { return None };
        let name = pattern.ident.to_string();
        let (ty, is_reference) = match &*argument.ty {
            Type::Reference(reference) => (&*reference.elem, true),
            ty => (ty, false),
        };
        let stated = match name.as_str() {
            "body" => operation.request.clone(),
            _ => operation.arguments.get(&simplified(&name)).cloned(),
        };
        let body = stated.as_deref().filter(|_| name == "body");
        let value = match body.and_then(|json| body_example::code(ty, json, types)) {
            Some(code) => Value::Code(code),
            None => Value::of(ty, stated),
        };
        Some(Self { name, ty: text(ty), is_reference, value })
    }

    fn needs_types(&self) -> bool {
        match &self.value {
            Value::Code(_) => true,
            Value::Json(_) => self.ty.contains("types::"),
            _ => false,
        }
    }

    fn needs_uuid(&self) -> bool {
        match &self.value {
            Value::Guid(_) => true,
            Value::Code(code) => code.contains("Uuid::parse_str("),
            _ => false,
        }
    }

    /// Returns the name of the variable, which must not shadow the client.
    fn variable(&self) -> String {
        match self.name.as_str() {
            "client" => "client_".to_owned(),
            name => name.to_owned(),
        }
    }

    fn statement(&self) -> Option<String> {
        let (name, ty) = (self.variable(), &self.ty);
        match &self.value {
            Value::None | Value::Unknown => None,
            Value::Literal(literal) => Some(format!("let {name} = {literal};")),
            Value::Code(code) => Some(format!("let {name} = {code};")),
            Value::Guid(guid) => Some(format!("let {name} = Uuid::parse_str(\"{guid}\")?;")),
            Value::Json(json) => {
                let json = raw_text(json).to_token_stream();
                Some(format!("let {name}: {ty} = serde_json::from_str({json})?;"))
            }
        }
    }

    fn passed(&self) -> String {
        match &self.value {
            Value::None => "None".to_owned(),
            Value::Literal(literal) if literal.starts_with('"') => self.variable(),
            _ if self.is_reference => format!("&{}", self.variable()),
            _ => self.variable(),
        }
    }

    /// Returns the argument as a function parameter if the document has no value for it.
    fn parameter(&self) -> Option<String> {
        let ty = self.ty.replace("crate::", &format!("{CRATE}::"));
        let ty = if ty == "str" { "&str" } else { &ty };
        matches!(self.value, Value::Unknown).then(|| format!("{}: {ty}", self.variable()))
    }
}

impl Value {
    fn of(ty: &Type, stated: Option<String>) -> Self {
        let name = text(ty);
        match (name.as_str(), stated) {
            _ if is_option(ty) => Self::None,
            ("uuid::Uuid", stated) => Self::Guid(unquoted(stated).unwrap_or(GUID.to_owned())),
            ("str", stated) => {
                let text = unquoted(stated).filter(|text| !text.is_empty());
                Self::Literal(format!("{:?}", text.unwrap_or("text".to_owned())))
            }
            ("bool", _) => Self::Literal("true".to_owned()),
            (name, stated) if is_integer(name) => {
                let stated = stated.filter(|number| number.bytes().all(|it| it.is_ascii_digit()));
                Self::Literal(stated.unwrap_or("1".to_owned()))
            }
            (_, Some(json)) => Self::Json(json),
            (_, None) => Self::Unknown,
        }
    }
}

fn unquoted(json: Option<String>) -> Option<String> {
    serde_json::from_str(&json?).ok()
}

fn is_integer(name: &str) -> bool {
    name.starts_with(['i', 'u']) && name[1..].parse::<u8>().is_ok()
}

fn is_option(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|segment| {
        let arguments = match &segment.arguments {
            PathArguments::AngleBracketed(arguments) => arguments.args.first(),
            _ => None,
        };
        segment.ident == "Option" && matches!(arguments, Some(GenericArgument::Type(_)))
    })
}

/// Returns a type as a person would write it.
fn text(ty: &Type) -> String {
    ty.to_token_stream().to_string().replace(' ', "").replace(',', ", ")
}
