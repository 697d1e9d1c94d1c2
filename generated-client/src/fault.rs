//! Parses the fault in the body of an error response, in any of its forms.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::{
    excerpt,
    generated::types::{Fault, FaultError},
};

/// The maximum length of a description according to Microsoft's page on error codes.
const DESCRIPTION_LIMIT: usize = 1024;

impl Fault {
    /// Parses a body. Returns `None` if it is not a JSON object, or if it contains neither a code nor a description.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        Self::from_members(first_members(excerpt::without_bom(body))?)
            .filter(|fault| fault.summary().is_some())
    }

    /// Returns the code and the description, such as `800111: The entitlement was not found.`, or whichever is present.
    pub(crate) fn summary(&self) -> Option<String> {
        let code = self.code_text().map(|code| excerpt::one_line(&code, 64));
        let text = self.text().map(|text| excerpt::one_line(text, DESCRIPTION_LIMIT));
        let parts: Vec<String> = [code, text].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(": "))
    }

    /// Returns the code as a string, whether it was a number or a string; without a code, returns the code in `error`.
    pub(crate) fn code_text(&self) -> Option<String> {
        let code = self.code.as_ref().map(ToString::to_string);
        let inner = match &self.error {
            Some(FaultError::FaultDetail(detail)) => detail.code.clone(),
            Some(FaultError::String(code)) => Some(code.clone()),
            None => None,
        };
        let mut codes = [code, inner].into_iter().flatten().map(|code| code.trim().to_owned());
        codes.find(|code| !code.is_empty())
    }

    fn text(&self) -> Option<&str> {
        let inner = match &self.error {
            Some(FaultError::FaultDetail(detail)) => &detail.message,
            _ => &None,
        };
        [&self.description, &self.message, inner, &self.error_description]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .find(|text| !text.trim().is_empty())
    }

    /// Moves members that do not have their documented type to the undeclared members, because the rest of the fault
    /// matters most when the service does something new.
    fn from_members(members: Map<String, Value>) -> Option<Self> {
        let (documented, others): (Map<_, _>, Map<_, _>) =
            members.into_iter().partition(|(name, value)| has_documented_type(name, value));
        let mut fault: Self = serde_json::from_value(documented.into()).ok()?;
        fault.extra.extend(others);
        Some(fault)
    }
}

/// The number of bytes of a body that are searched for a fault. Microsoft limits a description to 1024 characters, and
/// reading a long body as JSON would block the caller's thread.
const LONGEST: usize = 64 << 10;

/// The maximum number of members that are read. Each is parsed separately, and the document declares fewer than twenty.
const MOST_MEMBERS: usize = 100;

/// Returns the members of an object, or the first members of a long object.
fn first_members(body: &[u8]) -> Option<Map<String, Value>> {
    let read = &body[..body.len().min(LONGEST)];
    // An invalid byte in a description must not hide the code.
    let text = String::from_utf8_lossy(read);
    let mut members = Map::new();
    let mut json = serde_json::Deserializer::from_str(&text);
    let result = FirstMembers(&mut members).deserialize(&mut json).and_then(|()| json.end());
    let is_cut = read.len() < body.len() || members.len() == MOST_MEMBERS;
    (result.is_ok() || is_cut).then_some(members)
}

/// Collects members up to the maximum. If there is an error, the members before it are kept.
struct FirstMembers<'m>(&'m mut Map<String, Value>);

impl<'de> DeserializeSeed<'de> for FirstMembers<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FirstMembers<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while self.0.len() < MOST_MEMBERS
            && let Some((name, value)) = members.next_entry()?
        {
            self.0.insert(name, value);
        }
        Ok(())
    }
}

fn has_documented_type(name: &str, value: &Value) -> bool {
    let alone = Map::from_iter([(name.to_owned(), value.clone())]);
    serde_json::from_value::<Fault>(alone.into()).is_ok()
}
