//! Describes details that Rust code does not show: security, deprecation, and whether a model is sent or received.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use serde_json::{Map, Value};

use super::directions::Directions;

/// The keywords that contain another schema, and what each appends to the path of a member.
const INNER: [(&str, &str); 3] = [("items", "[]"), ("additionalProperties", "{}"), ("not", "")];

/// A document and the directions of its models.
pub(super) struct Facts<'a> {
    document: &'a Value,
    directions: Directions,
}

impl<'a> Facts<'a> {
    pub(super) fn new(document: &'a Value, client: &syn::File) -> Self {
        Self { document, directions: Directions::new(document, client) }
    }

    /// Returns the comment lines for an operation.
    pub(super) fn of_operation(&self, method: &str) -> Vec<String> {
        let Some((item, operation)) = self.operation(method) else { return Vec::new() };
        let mut lines = self.security(operation);
        if operation["deprecated"] == true {
            lines.push("deprecated".to_owned());
        }
        let parts = self.deprecated_parts(item, operation);
        lines.extend(parts.into_iter().map(|part| format!("deprecated: {part}")));
        lines
    }

    /// Returns the comment lines for a model.
    pub(super) fn of_model(&self, model: &str) -> Vec<String> {
        let mut lines = vec![self.directions.of(model).to_owned()];
        let Some(schema) = self.component(model) else { return lines };
        if schema["deprecated"] == true {
            lines.push("deprecated".to_owned());
        }
        let mut members = Vec::new();
        self.deprecated_members(schema, "", &mut members);
        lines.extend(members.into_iter().map(|member| format!("deprecated: {member}")));
        lines
    }

    fn operation(&self, method: &str) -> Option<(&'a Value, &'a Value)> {
        let items = self.document["paths"].as_object()?.values();
        let operations = items.flat_map(|item| {
            item.as_object().into_iter().flat_map(|item| item.values()).map(move |it| (item, it))
        });
        operations.into_iter().find(|(_, operation)| {
            operation["operationId"].as_str().is_some_and(|id| id.to_snake_case() == method)
        })
    }

    fn component(&self, model: &str) -> Option<&'a Value> {
        let schemas = self.document["components"]["schemas"].as_object()?;
        schemas.iter().find(|(name, _)| name.to_upper_camel_case() == model).map(|(_, it)| it)
    }

    /// Returns the security alternatives of an operation, one per line; by default, the document's.
    fn security(&self, operation: &Value) -> Vec<String> {
        let alternatives = operation.get("security").or(self.document.get("security"));
        let alternatives = alternatives.and_then(Value::as_array).filter(|all| !all.is_empty());
        let Some(alternatives) = alternatives else { return vec!["security: none".to_owned()] };
        let lines = alternatives.iter().filter_map(Value::as_object).map(alternative);
        let lines = lines.enumerate().map(|(index, line)| match index {
            0 => format!("security: {line}"),
            _ => format!("or {line}"),
        });
        lines.collect()
    }

    /// Returns the deprecated parameters and headers of an operation, and the deprecated members of its inline bodies.
    fn deprecated_parts(&self, item: &Value, operation: &Value) -> Vec<String> {
        let own = operation["parameters"].as_array().into_iter().flatten();
        let shared = item["parameters"].as_array().into_iter().flatten();
        let parameters = own.chain(shared).map(|parameter| self.resolved(parameter));
        let mut parts: Vec<String> = parameters
            .filter(|parameter| parameter["deprecated"] == true)
            .map(|parameter| format!("parameter {}", parameter["name"].as_str().unwrap()))
            .collect();
        self.deprecated_in_body(&operation["requestBody"], "request", &mut parts);
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            let headers = self.resolved(response)["headers"].as_object().into_iter().flatten();
            let deprecated = headers.filter(|(_, it)| self.resolved(it)["deprecated"] == true);
            parts.extend(deprecated.map(|(name, _)| format!("header {name} of {status}")));
            self.deprecated_in_body(response, status, &mut parts);
        }
        parts
    }

    fn deprecated_in_body(&self, body: &Value, path: &str, found: &mut Vec<String>) {
        for media in self.resolved(body)["content"].as_object().into_iter().flat_map(Map::values) {
            if media["schema"].get("$ref").is_none() {
                self.deprecated_members(&media["schema"], path, found);
            }
        }
    }

    /// Collects the paths of a schema's deprecated members.
    ///
    /// Follows references only in `allOf`, where they add members to the schema. Other references point to models with
    /// their own definitions.
    fn deprecated_members(&self, schema: &Value, path: &str, found: &mut Vec<String>) {
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if member["deprecated"] == true {
                found.push(path.clone());
            }
            if member.get("allOf").is_none() {
                self.deprecated_members(member, &path, found);
            }
        }
        for (keyword, step) in INNER {
            if schema[keyword].is_object() {
                self.deprecated_members(&schema[keyword], &format!("{path}{step}"), found);
            }
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.deprecated_members(self.resolved(part), path, found);
        }
        for union in ["anyOf", "oneOf"] {
            for part in schema[union].as_array().into_iter().flatten() {
                self.deprecated_members(part, path, found);
            }
        }
    }

    fn resolved(&self, value: &'a Value) -> &'a Value {
        let reference = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        reference.and_then(|pointer| self.document.pointer(pointer)).unwrap_or(value)
    }
}

/// Describes the schemes that a call must satisfy together, with their scopes.
fn alternative(schemes: &Map<String, Value>) -> String {
    if schemes.is_empty() {
        return "none".to_owned();
    }
    let schemes = schemes.iter().map(|(scheme, scopes)| {
        let scopes: Vec<&str> =
            scopes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if scopes.is_empty() { scheme.clone() } else { format!("{scheme} ({})", scopes.join(", ")) }
    });
    schemes.collect::<Vec<_>>().join(" and ")
}

const DOCUMENT: &str = "
security: [{ Key: [], User: [read, write] }, {}]
paths:
  /v1/orders:
    parameters:
      - { name: size, in: query, deprecated: true }
    get:
      operationId: getOrders
      deprecated: true
      responses:
        '200':
          headers: { Age: { deprecated: true } }
          content: { application/json: { schema: { items: { $ref: '#/components/schemas/Order' } } } }
    put:
      operationId: setOrder
      security: []
      requestBody:
        content: { application/json: { schema: { properties: { note: { deprecated: true } } } } }
    post:
      operationId: createOrder
      security: [{ Key: [] }]
      requestBody: { $ref: '#/components/requestBodies/Order' }
components:
  requestBodies:
    Order: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
  schemas:
    Order:
      allOf: [{ $ref: '#/components/schemas/Base' }]
      properties:
        lines: { type: array, items: { properties: { price: { deprecated: true } } } }
        total: { readOnly: true, allOf: [{ $ref: '#/components/schemas/Total' }] }
        secret: { writeOnly: true, allOf: [{ $ref: '#/components/schemas/Secret' }] }
        next: { $ref: '#/components/schemas/Order' }
    Base: { properties: { id: { deprecated: true } } }
    Total: { deprecated: true }
    Secret: {}
    Unused: {}
";

const CLIENT: &str = "
pub struct Order { lines: Vec<OrderLine> }
pub struct OrderLine { kind: OrderLineKind }
pub enum OrderLineKind { Other(String) }
pub struct SetOrderBody {}
impl Client {
    pub async fn get_orders(&self) -> Result<ResponseValue<Vec<types::Order>>, Error> {}
    pub async fn set_order(&self, body: &types::SetOrderBody) -> Result<ResponseValue<()>, Error> {}
}
";

fn lines(of: impl Fn(&Facts) -> Vec<String>) -> String {
    let document: Value = serde_yaml::from_str(DOCUMENT).unwrap();
    of(&Facts::new(&document, &syn::parse_file(CLIENT).unwrap())).join("\n")
}

#[test]
fn security_that_an_operation_inherits() {
    insta::assert_snapshot!(lines(|facts| facts.of_operation("get_orders")), @"
    security: Key and User (read, write)
    or none
    deprecated
    deprecated: parameter size
    deprecated: header Age of 200
    ");
}

#[test]
fn an_operation_without_security() {
    insta::assert_snapshot!(lines(|facts| facts.of_operation("set_order")), @"
    security: none
    deprecated: parameter size
    deprecated: request.note
    ");
}

#[test]
fn security_that_an_operation_overrides() {
    insta::assert_snapshot!(lines(|facts| facts.of_operation("create_order")), @"
    security: Key
    deprecated: parameter size
    ");
}

#[test]
fn deprecated_members_of_a_model() {
    insta::assert_snapshot!(lines(|facts| facts.of_model("Order")), @"
    sent and received
    deprecated: lines[].price
    deprecated: id
    ");
}

#[test]
fn directions_of_models() {
    let models = ["Total", "Secret", "Unused", "OrderLineKind", "SetOrderBody"];
    let directions =
        models.map(|model| format!("{model}: {}", lines(|facts| facts.of_model(model))));
    insta::assert_snapshot!(directions.join("\n"), @"
    Total: received
    deprecated
    Secret: sent
    Unused: neither sent nor received
    OrderLineKind: sent and received
    SetOrderBody: sent
    ");
}
