//! Different names that become the same in Rust.

use std::collections::HashMap;

use document::Node;

/// A name as it stands in the document, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'t> {
    pub(super) name: &'t str,
    pub(super) at: Node<'t>,
}

/// Each name that becomes the same as an earlier one, with that one and what both become. The same name
/// again is none.
pub(super) fn among<'t>(
    names: impl IntoIterator<Item = Named<'t>>,
    convert: impl Fn(&str) -> String,
) -> Vec<(Named<'t>, Named<'t>, String)> {
    let mut first: HashMap<String, Named<'t>> = HashMap::new();
    let mut collisions = Vec::new();
    for named in names {
        let converted = convert(named.name);
        match first.get(&converted) {
            Some(earlier) if earlier.name != named.name => {
                collisions.push((named, *earlier, converted));
            }
            Some(_) => {}
            None => {
                first.insert(converted, named);
            }
        }
    }
    collisions
}
