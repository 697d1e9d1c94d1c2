//! Writes the example of a request body as Rust code that calls the constructors of its model.

use document::exact;
use quote::ToTokens;
use serde_json::{Map, Value};
use syn::{Fields, Item, ItemStruct, Type};

use super::{
    constructors::setter_name,
    members::{self, Member},
    optional::optional_value,
};

/// Returns the code that creates the value of a JSON text, or `None` if constructors cannot express it.
pub(super) fn code(ty: &Type, json: &str, types: &[Item]) -> Option<String> {
    let value = exact::json(json).ok()?;
    Models(types).value(ty, &value, 0)
}

/// The types of a client.
struct Models<'a>(&'a [Item]);

impl Models<'_> {
    fn value(&self, ty: &Type, value: &Value, depth: usize) -> Option<String> {
        if let Some(inner) = optional_value(ty) {
            return match value {
                Value::Null => Some("None".to_owned()),
                value => Some(format!("Some({})", self.value(inner, value, depth)?)),
            };
        }
        let name = ty.to_token_stream().to_string().replace(' ', "");
        match (name.as_str(), value) {
            ("bool", Value::Bool(value)) => Some(value.to_string()),
            ("String", Value::String(text)) => Some(format!("{text:?}.to_owned()")),
            ("crate::Timestamp", Value::String(text)) => Some(format!("{text:?}.parse()?")),
            ("uuid::Uuid", Value::String(text)) => Some(format!("Uuid::parse_str({text:?})?")),
            ("i32" | "i64" | "u32" | "u64" | "crate::Amount", Value::Object(members)) => {
                number(&name, exact::digits(members)?)
            }
            (name, Value::Object(members)) => self.model(name, members, depth),
            _ => None,
        }
    }

    /// Returns the calls of a model's constructor and of the setters of its optional members.
    fn model(&self, name: &str, values: &Map<String, Value>, depth: usize) -> Option<String> {
        let members = self.members(name.strip_prefix("types::").unwrap_or(name))?;
        let is_declared = |name: &String| members.iter().any(|member| member.wire_name == *name);
        if !values.keys().all(is_declared) {
            return None;
        }
        let required = members.iter().filter(|member| !member.is_optional);
        let arguments = required.map(|member| {
            let value = values.get(&member.wire_name)?;
            self.value(&member.field.ty, value, depth)
        });
        let arguments = arguments.collect::<Option<Vec<_>>>()?.join(", ");
        let optional = members.iter().filter(|member| member.is_optional);
        let setters = optional.filter_map(|member| Some((member, values.get(&member.wire_name)?)));
        let setters = setters.map(|(member, value)| self.setter(member, value, depth + 1));
        let setters = setters.collect::<Option<String>>()?;
        let name = name.strip_prefix("types::").unwrap_or(name);
        Some(format!("types::{name}::new({arguments}){setters}"))
    }

    fn setter(&self, member: &Member, value: &Value, depth: usize) -> Option<String> {
        let ty = optional_value(&member.field.ty)?;
        let value = self.value(optional_value(ty).unwrap_or(ty), value, depth)?;
        let value = value.strip_suffix(".to_owned()").unwrap_or(&value);
        let indentation = "    ".repeat(depth);
        Some(format!("\n{indentation}.{}({value})", setter_name(&member.name)))
    }

    /// Returns the members of a model.
    fn members(&self, name: &str) -> Option<Vec<Member>> {
        let model = self.0.iter().find_map(|item| match item {
            Item::Struct(model) if model.ident == name => Some(model),
            _ => None,
        });
        let ItemStruct { fields: Fields::Named(fields), .. } = model? else { return None };
        Some(fields.named.iter().filter_map(members::of_polished).collect())
    }
}

fn number(ty: &str, digits: &str) -> Option<String> {
    match (ty, digits.parse::<i32>()) {
        ("crate::Amount", Ok(0..)) => Some(format!("{digits}.into()")),
        ("crate::Amount", _) => Some(format!("\"{digits}\".parse()?")),
        _ => digits.parse().ok().map(|number: i64| number.to_string()),
    }
}
