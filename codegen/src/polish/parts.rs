//! Selects the parts of progenitor's client that our client keeps.

use syn::{Attribute, File, ImplItem, Item};

/// The parts of the generated file that the client uses. The client's constructors, hooks and imports are hand-written.
#[derive(Default)]
pub(super) struct Parts {
    /// The attributes of the client, with the document's title and description.
    pub(super) client: Vec<Attribute>,
    pub(super) methods: Vec<ImplItem>,
    pub(super) models: Vec<Item>,
}

impl Parts {
    pub(super) fn of(file: File) -> Self {
        let mut parts = Self::default();
        for item in file.items {
            match item {
                Item::Struct(client) => parts.client = client.attrs,
                Item::Impl(block) if block.trait_.is_none() && !constructs(&block.items) => {
                    parts.methods.extend(block.items);
                }
                Item::Mod(module) if module.ident == "types" => {
                    parts.models = module.content.unwrap_or_default().1;
                }
                _ => {}
            }
        }
        parts
    }
}

fn constructs(items: &[ImplItem]) -> bool {
    let mut functions = items.iter();
    functions.any(|item| matches!(item, ImplItem::Fn(it) if it.sig.ident == "new_with_client"))
}
