//! Reads the document into the types that progenitor accepts.

use document::{Node, Tree, Value};
use openapiv3::OpenAPI;
use serde::{
    Deserialize, Deserializer,
    de::{
        Error as _, IntoDeserializer, Visitor,
        value::{MapDeserializer, SeqDeserializer, StrDeserializer},
    },
    forward_to_deserialize_any,
};
// openapiv3 reads parts of a document from JSON values. With the same error type, the compiler instantiates its
// deserializers only once.
use serde_json::Error;
use serde_yaml::Number;

/// Reads an OpenAPI 3.0 document from its tree.
///
/// To explain a failure, openapiv3 reads a schema again. It panics if the schema is now valid, as with `minimum: .inf`.
///
/// # Errors
///
/// Returns the first error, without its location.
pub(crate) fn document(tree: &Tree) -> Result<OpenAPI, String> {
    OpenAPI::deserialize(NodeDeserializer(tree.root())).map_err(|error| error.to_string())
}

/// Deserializes a node as serde_yaml would, but from the tree, which has already been read.
struct NodeDeserializer<'t>(Node<'t>);

impl<'de> Deserializer<'de> for NodeDeserializer<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.value() {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(text) => number(text, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array => visitor.visit_seq(SeqDeserializer::new(self.0.items().map(Self))),
            Value::Object => {
                let entries = self.0.entries().map(|entry| (entry.name(), Self(entry.value)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
        }
    }

    /// In YAML, the version `1.0` is a number, but the author means its text.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.text() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.value() {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text: StrDeserializer<'_, Error> =
            self.0.text().unwrap_or_default().into_deserializer();
        text.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for NodeDeserializer<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn number<'de, V: Visitor<'de>>(text: &'de str, visitor: V) -> Result<V::Value, Error> {
    if let Ok(value) = text.parse() {
        visitor.visit_u64(value)
    } else if let Ok(value) = text.parse() {
        visitor.visit_i64(value)
    } else {
        // Fractions, and rare forms such as `0x1F` and `.inf`.
        let number: Number = serde_yaml::from_str(text).map_err(Error::custom)?;
        match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(value), ..) => visitor.visit_u64(value),
            (_, Some(value), _) => visitor.visit_i64(value),
            (.., value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// Compares both ways to read each document in a folder, and returns the number of documents.
    fn check_folder(folder: &Path) -> usize {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let documents = files.filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let unmarked = text.trim_start_matches('\u{feff}');
            let expected: OpenAPI = serde_yaml::from_str(unmarked).ok()?;
            let tree = document::read(text.as_bytes()).ok()?;
            let read = OpenAPI::deserialize(NodeDeserializer(tree.root()));
            assert!(read.as_ref().ok() == Some(&expected), "{}: {:?}", path.display(), read.err());
            Some(())
        });
        documents.count()
    }

    #[test]
    fn a_tree_is_read_as_serde_yaml_reads_its_text() {
        let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents");
        for folder in ["fixed", "lint/valid", "lint/generator-failure"] {
            assert_ne!(check_folder(&documents.join(folder)), 0, "{folder}");
        }
    }
}
