//! Tests of the comparison of the vendor's pages with the document.
//!
//! The tests write pages in invented languages around the messages in `spec/documented`. So the pages follow the
//! document, and the repository contains no prose of the vendor.

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
