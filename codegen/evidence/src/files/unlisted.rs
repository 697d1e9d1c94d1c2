//! Finds files in the folder of the messages that the index does not list.

use crate::{
    documented::{self, Evidence, INDEX, Location, Part, Problem},
    rules::UNLISTED_MESSAGE,
};

/// Reports unlisted files, unless the remedy of another problem is to list them.
pub(super) fn problems(evidence: &Evidence, problems: &[Problem]) -> Vec<Problem> {
    let is_reported =
        |file: &str| problems.iter().any(|problem| problem.help.contains(&format!("`{file}`")));
    let unlisted = evidence.unlisted.iter().filter(|(file, _)| !is_reported(file));
    unlisted
        .map(|(file, bytes)| {
            let what = format!("`{file}` is not in the index");
            let help = format!(
                "list it in spec/{INDEX}, with `sha256 = \"{}\"`, or remove the file",
                documented::digest(bytes)
            );
            let location = Location::Message(file.clone(), Part::Start);
            Problem::new(&UNLISTED_MESSAGE, location, (what, help))
        })
        .collect()
}
