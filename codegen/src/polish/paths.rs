//! Shortens paths to the form that a person would write.

use std::collections::BTreeSet;

use syn::{
    File, Item, Path,
    visit::Visit,
    visit_mut::{self, VisitMut},
};

/// The modules and names of prelude items, which typify writes with full paths.
const PRELUDE: [(&str, &str); 5] = [
    ("option", "Option"),
    ("result", "Result"),
    ("string", "String"),
    ("vec", "Vec"),
    ("convert", "From"),
];

/// progenitor's runtime, which the runtime of the client replaces.
const RUNTIME: &str = "progenitor_client";

/// Returns true if a path has exactly these segments, with or without leading colons.
pub(super) fn is(path: &Path, segments: &[&str]) -> bool {
    path.segments.iter().map(|segment| &segment.ident).eq(segments)
}

/// Removes leading colons, the name of progenitor's runtime, and the modules of prelude items. Keeps the module if a
/// model has the same name as the item.
pub(super) fn shorten(file: &mut File) {
    let mut names = Names::default();
    names.visit_file(file);
    Shorten { taken: names.0 }.visit_file_mut(file);
}

#[derive(Default)]
struct Names(BTreeSet<String>);

impl Visit<'_> for Names {
    fn visit_item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => drop(self.0.insert(item.ident.to_string())),
            Item::Enum(item) => drop(self.0.insert(item.ident.to_string())),
            _ => syn::visit::visit_item(self, item),
        }
    }
}

struct Shorten {
    taken: BTreeSet<String>,
}

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut Path) {
        if path.leading_colon.take().is_some() && self.is_in_prelude(path) {
            let segments = std::mem::take(&mut path.segments);
            path.segments = segments.into_iter().skip(2).collect();
        }
        if path.segments.len() > 1 && path.segments[0].ident == RUNTIME {
            path.segments = std::mem::take(&mut path.segments).into_iter().skip(1).collect();
        }
        visit_mut::visit_path_mut(self, path);
    }
}

impl Shorten {
    fn is_in_prelude(&self, path: &Path) -> bool {
        let mut names = path.segments.iter().map(|segment| segment.ident.to_string());
        let (Some(root), Some(module), Some(item)) = (names.next(), names.next(), names.next())
        else {
            return false;
        };
        root == "std" && PRELUDE.contains(&(&module, &item)) && !self.taken.contains(&item)
    }
}
