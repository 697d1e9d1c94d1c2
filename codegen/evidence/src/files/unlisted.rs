//! Files beside the messages that nothing is compared with.

use crate::{
    documented::{self, Evidence, INDEX, Location, Part, Problem},
    rules::UNLISTED_MESSAGE,
};

/// The files that the index does not list, unless the remedy of another problem is to list them.
pub(super) fn problems(evidence: &Evidence, problems: &[Problem]) -> Vec<Problem> {
    let is_said =
        |file: &str| problems.iter().any(|problem| problem.help.contains(&format!("`{file}`")));
    let unlisted = evidence.unlisted.iter().filter(|(file, _)| !is_said(file));
    unlisted
        .map(|(file, bytes)| {
            let what = format!("no entry of the index lists `{file}`");
            let help = format!(
                "list it in spec/{INDEX}, with `sha256 = \"{}\"`, or remove the file",
                documented::digest(bytes)
            );
            let place = Location::Message(file.clone(), Part::Start);
            Problem::new(&UNLISTED_MESSAGE, place, (what, help))
        })
        .collect()
}
