//! Files beside the messages that nothing is compared with.

use crate::{
    documented::{self, Evidence, Flaw, INDEX, Part, Place},
    rules::UNLISTED_MESSAGE,
};

/// The files that the index does not list, unless the remedy of another problem is to list them.
pub(super) fn flaws(evidence: &Evidence, flaws: &[Flaw]) -> Vec<Flaw> {
    let is_said = |file: &str| flaws.iter().any(|flaw| flaw.help.contains(&format!("`{file}`")));
    let unlisted = evidence.unlisted.iter().filter(|(file, _)| !is_said(file));
    unlisted
        .map(|(file, bytes)| {
            let what = format!("no entry of the index lists `{file}`");
            let help = format!(
                "list it in spec/{INDEX}, with `sha256 = \"{}\"`, or remove the file",
                documented::digest(bytes)
            );
            let place = Place::Message(file.clone(), Part::Start);
            Flaw::new(&UNLISTED_MESSAGE, place, (what, help))
        })
        .collect()
}
