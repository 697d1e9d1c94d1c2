//! Documents error statuses: shared statuses on one page, and the statuses of each operation in a section.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use syn::{Item, ItemMod, parse_quote};

use super::{
    codes::{Codes, Subject},
    docs::Docs,
};
use crate::annotation::DocumentedError;

/// Returns the error section for an operation, which links to the page.
pub(super) fn section(operation: &str, errors: &[DocumentedError], codes: &mut Codes) -> String {
    let (shared, own): (Vec<_>, Vec<_>) = errors.iter().partition(|error| error.is_shared);
    let mut text = String::from(
        "\n\n# Errors\n\nReturns an [`Error`](crate::Error) if the response is not a success or cannot be read, \
         if the connection fails, or if no access token is available.",
    );
    if !shared.is_empty() {
        let statuses: Vec<&str> = shared.iter().map(|error| error.status.as_str()).collect();
        text.push_str(&format!(
            " Documented [statuses](crate::statuses): {}.",
            statuses.join(", ")
        ));
    }
    if !own.is_empty() {
        text.push_str("\n\nStatuses specific to this operation:");
        text.extend(own.iter().map(|error| {
            let name = format!("the status {} of {operation}", error.status);
            let subject = Subject { name: &name, status: Some(&error.status) };
            entry(&error.status, &error.description, subject, codes)
        }));
    }
    text
}

/// Returns an empty module whose documentation explains the statuses that operations share.
///
/// It exists even if there are no shared statuses, because the crate exports it.
pub(super) fn page(
    errors: IndexSet<DocumentedError>,
    codes: &mut Codes,
    docs: &mut Docs<'_>,
) -> Item {
    let shared = errors.into_iter().filter(|error| error.is_shared);
    let shared: BTreeMap<_, _> = shared.map(|error| (error.status, error.description)).collect();
    let mut text =
        String::from("Error statuses and their meaning for the operations that document them.\n\n");
    text.push_str(match shared.is_empty() {
        true => "Operations share no error status.",
        false => "If a status has a different meaning for an operation, its method documents it.",
    });
    text.extend(shared.iter().map(|(status, description)| {
        let name = format!("the status {status}");
        let subject = Subject { name: &name, status: Some(status) };
        entry(status, description, subject, codes)
    }));
    let mut page: ItemMod = parse_quote!(
        pub mod statuses {}
    );
    docs.put(&mut page.attrs, &text);
    Item::Mod(page)
}

/// Returns an item of a list. The empty line keeps branches that edit neighboring items from conflicting.
fn entry(status: &str, description: &str, subject: Subject<'_>, codes: &mut Codes) -> String {
    let description = codes.link(description, subject);
    format!("\n\n- {status}: {description}")
}
