//! Pages of the vendor, in invented languages, compared with the document.
//!
//! The pages are written around the messages in `spec/documented`, so they follow the document, and no text of the vendor
//! is in this repository.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod accept;
mod changes;
mod codes;
mod harmless;
mod identity;
mod locales;
mod outcomes;
mod page;
mod random;
mod rules;
