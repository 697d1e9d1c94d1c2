//! Determines which models a client sends, and which it receives.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;
use quote::ToTokens as _;
use serde_json::{Map, Value};
use syn::{FnArg, ImplItem, Item, ReturnType, Type};

/// The names of the models that a client sends, and of the models that it receives.
pub(super) struct Directions {
    sent: BTreeSet<String>,
    received: BTreeSet<String>,
}

impl Directions {
    /// Follows the document's references. A model that is not a component inherits the directions of the operations and
    /// models that contain it.
    pub(super) fn new(document: &Value, client: &syn::File) -> Self {
        let types = Types::new(document, client);
        Self {
            sent: types.completed(reached(document, "requestBody", "readOnly"), &types.arguments),
            received: types.completed(reached(document, "responses", "writeOnly"), &types.results),
        }
    }

    pub(super) fn of(&self, model: &str) -> &'static str {
        match (self.sent.contains(model), self.received.contains(model)) {
            (true, true) => "sent and received",
            (true, false) => "sent",
            (false, true) => "received",
            (false, false) => "neither sent nor received",
        }
    }
}

/// Returns the components that `part` of any operation references, directly or indirectly.
///
/// Ignores schemas in which the keyword `skipped` is true, because they are not sent in this direction.
fn reached(document: &Value, part: &str, skipped: &str) -> BTreeSet<String> {
    let mut references = BTreeSet::new();
    let items = document["paths"].as_object().into_iter().flat_map(Map::values);
    for operation in items.filter_map(Value::as_object).flat_map(Map::values) {
        follow(document, &operation[part], skipped, &mut references);
    }
    let schemas = references.iter().filter_map(|it| it.strip_prefix("#/components/schemas/"));
    schemas.map(|name| name.to_upper_camel_case()).collect()
}

fn follow(document: &Value, value: &Value, skipped: &str, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) if members.get(skipped) != Some(&Value::Bool(true)) => {
            if let Some(reference) = value["$ref"].as_str().filter(|it| it.starts_with('#'))
                && references.insert(reference.to_owned())
                && let Some(target) = document.pointer(&reference[1..])
            {
                follow(document, target, skipped, references);
            }
            let is_data = |name: &str| ["default", "enum", "example", "examples"].contains(&name);
            let members = members.iter().filter(|(name, _)| !is_data(name));
            members.for_each(|(_, value)| follow(document, value, skipped, references));
        }
        Value::Array(items) => {
            items.iter().for_each(|item| follow(document, item, skipped, references));
        }
        _ => {}
    }
}

/// The models of a client, and the type names that its code mentions.
struct Types {
    components: BTreeSet<String>,
    /// The type names in the definition of each model.
    models: BTreeMap<String, BTreeSet<String>>,
    /// The type names in the operations' arguments.
    arguments: BTreeSet<String>,
    /// The type names in the operations' return types.
    results: BTreeSet<String>,
}

impl Types {
    fn new(document: &Value, client: &syn::File) -> Self {
        let components = document["components"]["schemas"].as_object();
        let mut types = Self {
            components: components
                .into_iter()
                .flat_map(|schemas| schemas.keys())
                .map(|name| name.to_upper_camel_case())
                .collect(),
            models: BTreeMap::new(),
            arguments: BTreeSet::new(),
            results: BTreeSet::new(),
        };
        client.items.iter().for_each(|item| types.add(item));
        types
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Struct(model) => {
                self.models.insert(model.ident.to_string(), of_fields(&model.fields));
            }
            Item::Enum(model) => {
                let fields = model.variants.iter().map(|variant| of_fields(&variant.fields));
                self.models.insert(model.ident.to_string(), fields.flatten().collect());
            }
            Item::Impl(block) if block.self_ty == syn::parse_quote!(Client) => {
                block.items.iter().for_each(|item| self.add_operation(item));
            }
            _ => {}
        }
    }

    fn add_operation(&mut self, item: &ImplItem) {
        let ImplItem::Fn(method) = item else { return };
        for argument in &method.sig.inputs {
            if let FnArg::Typed(argument) = argument {
                self.arguments.append(&mut names(&argument.ty));
            }
        }
        if let ReturnType::Type(_, ty) = &method.sig.output {
            self.results.append(&mut names(ty));
        }
    }

    /// Adds the models that are not components and occur in `named` or in the definition of a model in the result.
    fn completed(
        &self,
        mut models: BTreeSet<String>,
        named: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let mut pending: Vec<&String> = named.iter().collect();
        let reached = models.clone();
        pending.extend(reached.iter().filter_map(|model| self.models.get(model)).flatten());
        while let Some(name) = pending.pop() {
            let Some(names) = self.models.get(name) else { continue };
            if !self.components.contains(name) && models.insert(name.clone()) {
                pending.extend(names);
            }
        }
        models
    }
}

fn of_fields(fields: &syn::Fields) -> BTreeSet<String> {
    fields.iter().flat_map(|field| names(&field.ty)).collect()
}

/// Returns the names that a type mentions.
fn names(ty: &Type) -> BTreeSet<String> {
    let text = ty.to_token_stream().to_string();
    text.split(' ').map(str::to_owned).collect()
}
