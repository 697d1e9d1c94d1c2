//! From the syntax tree that progenitor makes to the one that we want to read.

mod answers;
mod attributes;
mod constructors;
mod docs;
mod enums;
mod items;
mod members;
mod methods;
mod mock;
mod models;
mod paths;
mod reading;
mod serde_attributes;
mod statuses;

use syn::{File, Item};

pub(crate) use mock::polish as mock;

/// Polishes a generated client.
pub(crate) fn client(mut file: File) -> Result<File, String> {
    file.items.retain(items::is_wanted);
    let answers = answers::named(&file);
    let mut errors = Vec::new();
    for item in &mut file.items {
        match item {
            Item::Impl(client) => errors.extend(client.items.iter_mut().flat_map(methods::polish)),
            Item::Mod(types) => {
                items::replace_content(types, |items| models::polish(items, &answers))?
            }
            _ => {}
        }
    }
    paths::shorten(&mut file);
    items::arrange(&mut file);
    file.items.push(statuses::page(errors));
    Ok(file)
}
