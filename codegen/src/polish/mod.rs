//! Rewrites the syntax tree that progenitor generates into readable code.

mod attributes;
mod body_example;
mod calls;
mod codes;
mod common_path;
mod confirmation;
mod constructors;
mod deprecation;
mod doc_examples;
mod docs;
mod enums;
mod members;
mod methods;
mod mock;
mod models;
mod operations;
mod optional;
mod pages;
mod parts;
mod paths;
mod reading;
mod response_bodies;
mod schemas;
mod serde_attributes;
mod statuses;

use syn::File;

pub(crate) use docs::Docs;
pub(crate) use mock::{Mock, polish as mock};
use parts::Parts;

use crate::examples::Examples;

/// The files of a client.
pub(crate) struct Client {
    pub(crate) types: File,
    /// The operations, which depend on the types. No type depends on them.
    pub(crate) operations: File,
}

/// Polishes a generated client.
pub(crate) fn client(
    generated: File,
    examples: &Examples,
    docs: &mut Docs<'_>,
) -> Result<Client, String> {
    let Parts { client, methods, models } = Parts::of(generated);
    let bodies = response_bodies::named(&methods, &models);
    let mut types = file(models::polish(models, &bodies, docs)?);
    let mut operations = file(operations::polish(client, methods, docs));
    confirmation::require(&mut operations, &types);
    paths::shorten(&mut types);
    paths::shorten(&mut operations);
    doc_examples::add(&mut operations, &types, examples, docs);
    pages::add(&mut operations, &mut types, examples, docs);
    // Again, for the code that was added.
    paths::shorten(&mut types);
    types.items.insert(0, common_path::constant(&operations));
    operations::import(&mut operations);
    Ok(Client { types, operations })
}

fn file(items: Vec<syn::Item>) -> File {
    File { shebang: None, frontmatter: None, attrs: Vec::new(), items }
}
