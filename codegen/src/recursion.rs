//! Schemas whose `allOf` the generator would merge without end.
//!
//! Where two parts of an `allOf` declare the same property, the generator merges its two schemas, and so
//! on. If that comes back to where it began, the process ends for lack of stack, which nothing can catch.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use indexmap::IndexMap;
use openapiv3::{AnySchema, Components, ObjectType, ReferenceOr, Schema, SchemaKind, Type};

use crate::{Problem, schemas};

/// The component schemas that cannot be merged, each as a problem.
pub(crate) fn problems(components: &Components) -> Vec<Problem> {
    let endless = components.schemas.iter().filter(|(_, schema)| {
        let schema = schemas::resolve(schema, Some(components), find);
        schema.is_some_and(|schema| Merge::new(components).is_endless(&[schema]))
    });
    let message = "merging its `allOf` comes back to itself and never ends; declare the property that refers \
                   back in one part only";
    endless.map(|(name, _)| Problem::new(format!("components.schemas.{name}"), message)).collect()
}

fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Schema>> {
    components.schemas.get(name)
}

/// A merge in progress. A schema is known by its address, a merge by those of its parts.
struct Merge<'a> {
    components: &'a Components,
    open: Vec<BTreeSet<*const Schema>>,
    done: BTreeSet<BTreeSet<*const Schema>>,
}

impl<'a> Merge<'a> {
    fn new(components: &'a Components) -> Self {
        Self { components, open: Vec::new(), done: BTreeSet::new() }
    }

    /// Whether merging these schemas into one never ends.
    fn is_endless(&mut self, schemas: &[&'a Schema]) -> bool {
        let mut parts = BTreeMap::new();
        if schemas.iter().any(|schema| self.collect(schema, &mut Vec::new(), &mut parts)) {
            return true;
        }
        let merge: BTreeSet<*const Schema> = parts.keys().copied().collect();
        if merge.len() < 2 || self.done.contains(&merge) {
            return false;
        }
        if self.open.contains(&merge) {
            return true;
        }
        self.open.push(merge.clone());
        let shared = self.shared_properties(parts.values().copied());
        let is_endless = shared.iter().any(|schemas| self.is_endless(schemas));
        self.open.pop();
        self.done.insert(merge);
        is_endless
    }

    /// Collects the parts of which a schema is composed; whether it is composed of itself.
    fn collect(
        &self,
        schema: &'a Schema,
        path: &mut Vec<*const Schema>,
        parts: &mut BTreeMap<*const Schema, &'a Schema>,
    ) -> bool {
        let address: *const Schema = schema;
        if path.contains(&address) {
            return path.len() > 1;
        }
        if !properties(schema).is_empty() || members(schema).next().is_none() {
            parts.insert(address, schema);
        }
        path.push(address);
        let mut members = members(schema).filter_map(|member| self.resolve(member));
        let is_endless = members.any(|member| self.collect(member, path, parts));
        path.pop();
        is_endless
    }

    /// The schemas of each property that more than one part declares.
    fn shared_properties(&self, parts: impl Iterator<Item = &'a Schema>) -> Vec<Vec<&'a Schema>> {
        let mut shared: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
        for (name, schema) in parts.flat_map(properties) {
            let schema = match schema {
                ReferenceOr::Item(schema) => Some(&**schema),
                ReferenceOr::Reference { reference } => self.component(reference),
            };
            shared.entry(name).or_default().extend(schema);
        }
        shared.into_values().filter(|schemas| schemas.len() > 1).collect()
    }

    fn resolve(&self, schema: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
        schemas::resolve(schema, Some(self.components), find)
    }

    fn component(&self, reference: &str) -> Option<&'a Schema> {
        self.components.schemas.get(schemas::component_name(reference))?.as_item()
    }
}

/// The schemas of which a schema is composed.
fn members(schema: &Schema) -> impl Iterator<Item = &ReferenceOr<Schema>> {
    let none: &[ReferenceOr<Schema>] = &[];
    let (all, any, one) = match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => (all_of.as_slice(), none, none),
        SchemaKind::AnyOf { any_of } => (none, any_of.as_slice(), none),
        SchemaKind::OneOf { one_of } => (none, none, one_of.as_slice()),
        SchemaKind::Any(AnySchema { all_of, any_of, one_of, .. }) => {
            (&**all_of, &**any_of, &**one_of)
        }
        SchemaKind::Type(_) | SchemaKind::Not { .. } => (none, none, none),
    };
    all.iter().chain(any).chain(one)
}

/// The properties that a schema itself declares.
fn properties(schema: &Schema) -> &Properties {
    static NONE: LazyLock<Properties> = LazyLock::new(Properties::new);
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(ObjectType { properties, .. }))
        | SchemaKind::Any(AnySchema { properties, .. }) => properties,
        _ => &NONE,
    }
}

type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;
