//! Does any snapshot contain Git conflict markers? The test of the snapshot would only show a difference.

use std::{fs, path::Path};

use ::document::conflicts;

use support::document;

#[test]
fn no_snapshot_has_conflict_markers() {
    for suite in ["client", "diagnostics", "generator"] {
        check(&document::path("tests").join(suite).join("snapshots"));
    }
}

fn check(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check(&path);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        if let Some(mark) = conflicts::first(&text) {
            let line = text[..mark.start].matches('\n').count() + 1;
            panic!("{}:{line}: git could not merge two versions of the file", path.display());
        }
    }
}
