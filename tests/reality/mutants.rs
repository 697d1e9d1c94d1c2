//! Does the comparison of a randomly changed recording always end with a report or an error?

use proptest::{
    prelude::*,
    sample::{Index, select},
};
use serde_json::Value;

use super::recording::{ORDERS, survey};
use support::{
    document,
    mutation::{Change, pointers},
};

/// The recordings in `tests/documents/reality/`.
const RECORDINGS: [&str; 3] = ["browser.har", "proxy.har", "recorder.har"];

fn recording(name: &str) -> String {
    document::read(&format!("tests/documents/reality/{name}"))
}

/// Returns true if the recording is rejected, or if all locations in its report are within the document.
fn has_valid_locations(har: &[u8]) -> bool {
    let text = ORDERS.tree.text();
    let Ok(report) = survey(&ORDERS, har) else { return true };
    report.observations().all(|it| {
        let span = &it.diagnostic.span;
        span.start < span.end && text.get(span.clone()).is_some() && it.entries > 0
    })
}

proptest! {
    #[test]
    fn changes_to_the_values_of_a_recording(
        name in select(&RECORDINGS[..]),
        changes in prop::collection::vec((select(&Change::ALL[..]), any::<Index>()), 1..5),
    ) {
        let mut har: Value = serde_json::from_str(&recording(name)).unwrap();
        for (change, index) in changes {
            let pointers = pointers(&har);
            if !pointers.is_empty() {
                change.apply(&mut har, &pointers[index.index(pointers.len())]);
            }
        }
        prop_assert!(has_valid_locations(har.to_string().as_bytes()));
    }

    #[test]
    fn changes_to_the_bytes_of_a_recording(
        name in select(&RECORDINGS[..]),
        changes in prop::collection::vec((any::<u8>(), any::<Index>()), 1..5),
        end in any::<Index>(),
    ) {
        let mut har = recording(name).into_bytes();
        for (byte, index) in changes {
            let index = index.index(har.len());
            har[index] = byte;
        }
        prop_assert!(has_valid_locations(&har));
        prop_assert!(has_valid_locations(&har[..end.index(har.len())]));
    }
}
