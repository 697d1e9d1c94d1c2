//! Serializes amounts: as an exact number in JSON, and as a string in all other formats.

use std::{any, fmt, iter};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor, value::MapDeserializer},
    forward_to_deserialize_any,
};
use serde_json::value::RawValue;

use super::{Amount, AmountError, is_number, text};

/// Writes a number in JSON, and a string in all other formats.
///
/// `RawValue` writes exact JSON, but in other formats it writes something that only serde_json can read.
/// serde does not reveal which format a serializer writes, so the name of its type decides.
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if any::type_name::<S>().contains("serde_json") {
            self.0.serialize(serializer)
        } else {
            text::serialize(self, serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() || is_csv::<D>() {
            return text::deserialize(deserializer);
        }
        Box::<RawValue>::deserialize(Exact(deserializer)).map(Self)
    }
}

/// Returns whether a deserializer reads CSV. The csv crate guesses the type of a cell unless a string is requested:
/// `250.00` becomes an `f64`.
fn is_csv<D>() -> bool {
    any::type_name::<D>().trim_start_matches("&mut ").starts_with("csv::")
}

/// Reads `RawValue` from formats other than JSON, and from values that serde has buffered.
struct Exact<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Exact<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        token: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(token, Literal { token, visitor })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The key under which serde_json passes a number to a visitor if its feature `arbitrary_precision` is enabled.
const NUMBER: &str = "$serde_json::private::Number";

/// Passes a number to the visitor of `RawValue` in the same form as serde_json does.
struct Literal<V> {
    /// The key under which serde_json passes JSON text to a visitor.
    token: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Literal<V> {
    fn give<E: Error>(self, json: String) -> Result<V::Value, E> {
        self.visitor.visit_map(MapDeserializer::new(iter::once((self.token, json))))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Literal<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount of money")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value, A::Error> {
        match map.next_key::<&str>() {
            Ok(Some(key)) if key == self.token || key == NUMBER => {
                self.visit_string(map.next_value()?)
            }
            _ => Err(A::Error::custom("an object, expected an amount of money")),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        if is_number(&text) {
            self.give(text)
        } else {
            Err(E::custom(AmountError::not_a_number(&text)))
        }
    }

    fn visit_i64<E: Error>(self, integer: i64) -> Result<V::Value, E> {
        self.give(integer.to_string())
    }

    fn visit_i128<E: Error>(self, integer: i128) -> Result<V::Value, E> {
        self.give(integer.to_string())
    }

    fn visit_u64<E: Error>(self, integer: u64) -> Result<V::Value, E> {
        self.give(integer.to_string())
    }

    fn visit_u128<E: Error>(self, integer: u128) -> Result<V::Value, E> {
        self.give(integer.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<V::Value, E> {
        Err(E::custom(AmountError::new(&number.to_string(), ROUNDED)))
    }
}

const ROUNDED: &str = "read as a float, which may have been rounded by the format, or by serde for \
    `flatten` or a tagged or untagged enum; write it as a string, with `amount::text`";
