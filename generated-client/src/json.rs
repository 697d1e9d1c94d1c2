//! JSON text that is read more than once.

use std::collections::BTreeMap;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Error, Result, value::RawValue};

/// A value as JSON text, for models that try several forms.
///
/// serde itself would buffer the value. Numbers in its buffer depend on the serde_json features that other crates
/// enable, and an [`Amount`](crate::Amount) would lose its digits.
pub(crate) struct Json(Box<RawValue>);

/// The maximum nesting depth, the same as serde_json's. serde_json counts from zero for each part that is read again,
/// so a deeply nested value would overflow the stack without this check.
const DEEPEST: usize = 127;

#[allow(dead_code, reason = "a document may lack models of some of these kinds")]
impl Json {
    /// Reads a value with a function that receives its JSON text.
    pub(crate) fn read_with<'de, D: Deserializer<'de>, T>(
        deserializer: D,
        read: impl FnOnce(&Self) -> Result<T>,
    ) -> std::result::Result<T, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        if depth(json.get()) > DEEPEST {
            return Err(D::Error::custom("recursion limit exceeded"));
        }
        read(&Self(json)).map_err(|error| D::Error::custom(without_location(&error)))
    }

    /// Deserializes the value.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(self.0.get())
    }

    /// Calls a function with the value. A `?` in the function returns only from that function.
    pub(crate) fn object<T>(&self, read: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        read(self)
    }

    /// Returns the string value of a member; `None` if it is missing or not a string.
    pub(crate) fn tag(&self, name: &str) -> Option<String> {
        self.member(name).ok()?.read().ok()
    }

    /// Returns a member of the object.
    pub(crate) fn member(&self, name: &str) -> Result<Self> {
        let mut members: BTreeMap<String, Box<RawValue>> = self.read()?;
        let member = members.remove(name);
        member.map(Self).ok_or_else(|| Error::custom(format_args!("missing field `{name}`")))
    }

    /// Returns the members that are not declared.
    pub(crate) fn undeclared<T: DeserializeOwned, M: FromIterator<(String, T)>>(
        &self,
        declared: &[&str],
    ) -> Result<M> {
        let members: BTreeMap<String, Box<RawValue>> = self.read()?;
        let others = members.into_iter().filter(|(name, _)| !declared.contains(&name.as_str()));
        others.map(|(name, json)| Ok((name, Self(json).read()?))).collect()
    }

    /// Returns the error for a value that matches no alternative of a model.
    pub(crate) fn misfit(&self, model: &str) -> Error {
        let kind = match self.0.get().as_bytes()[0] {
            b'{' => "an object",
            b'[' => "a list",
            b'"' => "a string",
            b't' | b'f' => "a boolean",
            b'n' => "null",
            _ => "a number",
        };
        Error::custom(format_args!("{kind} that matches no alternative of `{model}`"))
    }
}

/// Returns an error message without the line and column, which are relative to a part of the response.
fn without_location(error: &Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((problem, _)) if error.line() > 0 => problem.to_owned(),
        _ => text,
    }
}

/// Returns the nesting depth of lists and objects in JSON text.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => skip_string(&mut bytes),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn skip_string(bytes: &mut impl Iterator<Item = u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_are_not_counted() {
        assert_eq!(depth(r#"{"a":["[{\"[",{}]}"#), 3);
        assert_eq!(depth("1"), 0);
    }
}
