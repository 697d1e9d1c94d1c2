//! Members of a response that the document does not declare.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::LazyLock,
};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Map, Value};

static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// Members of an object that the document does not declare, as received: a map of JSON values.
///
/// A service may add members at any time. They are kept, so that you can read and print everything that
/// was received. An `Extra` is the size of a pointer, and allocates nothing if there are no members.
///
/// ```
/// use partner_center_client::{serde_json, types::SpendingBudget};
///
/// let budget: SpendingBudget = serde_json::from_str(r#"{"amount": 100, "currency": "EUR"}"#)?;
/// assert_eq!(budget.extra["currency"], "EUR");
/// assert!(!budget.extra.contains_key("amount"));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Numbers in an `Extra` are an `i64`, a `u64` or an `f64`, so amounts of money may be rounded, unlike in an
/// [`Amount`](crate::Amount). They keep their digits only if a crate in the build enables serde_json's
/// feature `arbitrary_precision`.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Map<String, Value>>>);

impl Deref for Extra {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Map<String, Value> {
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for Extra {
    fn deref_mut(&mut self) -> &mut Map<String, Value> {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

/// Creates a map only if there is a member, which makes reading a large collection faster.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Extra;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the members of an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Extra, A::Error> {
        let mut extra = Extra::default();
        while let Some((name, value)) = members.next_entry()? {
            extra.insert(name, value);
        }
        Ok(extra)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Extra {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Extra".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Map::<String, Value>::json_schema(generator)
    }
}
