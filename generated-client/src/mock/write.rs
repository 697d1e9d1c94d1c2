//! The effect of a `PUT` or `PATCH` on the resource of its path.

use serde_json::value::RawValue;

use super::object::Object;

/// The effect of a write, determined by the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Write {
    /// The members of the request that the resource also has.
    pub(super) sets: &'static [&'static str],
    /// The members that are absent afterward if the request omits them.
    pub(super) clears: &'static [&'static str],
    /// The optional numbers that only the service can compute.
    pub(super) computed: &'static [&'static str],
    pub(super) shown: Shown,
}

/// The location of the resource in the response to a `GET` of the same path.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "a document may lack writes of some of these kinds")]
pub(super) enum Shown {
    /// The response does not contain the resource.
    Nowhere,
    /// The response is the resource itself.
    Whole,
    /// The response is an object with a list of such resources.
    Item { list: &'static str, identity: &'static [&'static str] },
}

impl Write {
    /// Returns the resource after a request.
    pub(super) fn apply(&self, resource: &Object, request: &Object) -> Object {
        let mut after = resource.clone();
        for name in self.clears {
            after.remove(name);
        }
        for name in self.sets {
            if let Some(json) = request.get(name) {
                after.set(name, json.to_owned());
            }
        }
        if !self.sets.iter().all(|name| after.agrees(resource, name)) {
            self.computed.iter().for_each(|name| after.remove(name));
        }
        after
    }

    /// Returns the response to a `GET` after a request, if it contains the resource.
    pub(super) fn show(&self, before: &Object, after: &Object, request: &Object) -> Option<Object> {
        match self.shown {
            Shown::Nowhere => None,
            Shown::Whole => Some(self.apply(before, request)),
            Shown::Item { list, identity } => {
                self.show_in_list(before, list, identity, after, request)
            }
        }
    }

    fn show_in_list(
        &self,
        before: &Object,
        list: &str,
        identity: &[&str],
        after: &Object,
        request: &Object,
    ) -> Option<Object> {
        let mut items: Vec<Box<RawValue>> = serde_json::from_str(before.get(list)?).ok()?;
        let length = items.len();
        let same = items.iter_mut().find_map(|item| {
            let object = Object::parse(item.get())?;
            let is_same = identity.iter().all(|name| object.agrees(after, name));
            is_same.then_some((item, object))
        });
        match same {
            Some((item, object)) => *item = raw(self.apply(&object, request).json()),
            None => items.push(raw(after.json())),
        }
        let mut shown = before.clone();
        count(&mut shown, length, items.len());
        shown.set(list, serde_json::to_string(&items).ok()?);
        Some(shown)
    }
}

/// Updates the members that contain the number of items.
fn count(object: &mut Object, before: usize, after: usize) {
    if before == after {
        return;
    }
    let before = before.to_string();
    let counts = object.names().filter(|name| object.get(name) == Some(&before));
    let counts: Vec<String> = counts.map(str::to_owned).collect();
    counts.iter().for_each(|name| object.set(name, after.to_string()));
}

fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).expect("an object is JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: &str) -> Object {
        Object::parse(json).expect("the test has an object")
    }

    const ITEM: Write = Write {
        sets: &["name", "price"],
        clears: &["name"],
        computed: &["total"],
        shown: Shown::Item { list: "items", identity: &["id"] },
    };

    fn shown(before: &str, after: &str, request: &str) -> String {
        ITEM.show(&object(before), &object(after), &object(request)).unwrap().json()
    }

    #[test]
    fn members_are_set_with_all_digits_and_cleared() {
        let before = object(r#"{"id":1,"name":"a","price":1.5,"total":3}"#);
        let after = ITEM.apply(&before, &object(r#"{"price":1.50,"other":true}"#));
        assert_eq!(after.json(), r#"{"id":1,"price":1.50}"#);
    }

    #[test]
    fn a_request_with_the_current_values_changes_nothing() {
        let before = r#"{"id":1,"name":"a","price":1.5,"total":3}"#;
        let after = ITEM.apply(&object(before), &object(r#"{"name":"a","price":1.5}"#));
        assert_eq!(after.json(), before);
    }

    #[test]
    fn the_item_with_the_same_identity_is_changed() {
        let before = r#"{"count":2,"items":[{"id":1,"price":1},{"id":2,"price":2}]}"#;
        let after = shown(before, r#"{"id":2,"price":9}"#, r#"{"price":9}"#);
        assert_eq!(after, r#"{"count":2,"items":[{"id":1,"price":1},{"id":2,"price":9}]}"#);
    }

    #[test]
    fn an_item_with_a_new_identity_is_added_and_counted() {
        let before = r#"{"count":1,"items":[{"id":1,"price":1}]}"#;
        let after = shown(before, r#"{"id":2,"price":9}"#, r#"{"price":9}"#);
        assert_eq!(after, r#"{"count":2,"items":[{"id":1,"price":1},{"id":2,"price":9}]}"#);
    }
}
