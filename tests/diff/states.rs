//! The states that the tests compare: documents with their generated clients.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, OnceLock},
};

use codegen::{Generated, Scope};
use diff::{Api, Breaks, Evidence, Input, Report, Side, Sources, Versions};
use document::Tree;

pub(crate) const NAME: &str = "spec/partner-center.yaml";

/// A changelog with a release.
const CHANGELOG: &str = "# Changelog\n\n## Unreleased\n\n## 0.1.0\n";

type Shared = Result<Arc<State>, String>;

/// A document and its client.
pub(crate) struct State {
    tree: Tree,
    pub(crate) client: Generated,
    api: Api,
}

impl State {
    /// Returns the state of a document. Panics if no client can be generated from it.
    pub(crate) fn new(text: &str) -> Arc<Self> {
        Self::shared(text).unwrap_or_else(|reason| panic!("no client: {reason}"))
    }

    /// Returns the state of a document. Its client is generated only once for all tests.
    pub(crate) fn shared(text: &str) -> Shared {
        static STATES: LazyLock<Mutex<HashMap<String, Arc<OnceLock<Shared>>>>> =
            LazyLock::new(Mutex::default);
        let state = Arc::clone(STATES.lock().unwrap().entry(text.to_owned()).or_default());
        state.get_or_init(|| Self::try_new(text).map(Arc::new)).clone()
    }

    /// Generates the client of a document.
    pub(crate) fn try_new(text: &str) -> Result<Self, String> {
        let tree = document::read(text.as_bytes()).map_err(|unreadable| unreadable.message)?;
        let client = codegen::run_on(NAME, &tree, Scope::All)?;
        let Generated { types, operations, support } = &client;
        let support = support.as_ref();
        let mock = support.map_or("", |support| support.mock.as_str());
        let examples = support.map_or("", |support| support.examples.as_str());
        let api = Sources { types, operations, mock, examples }.api()?;
        Ok(Self { tree, client, api })
    }

    fn side<'s>(&'s self, name: &'s str, evidence: &'s Evidence) -> Side<'s> {
        Side { name, tree: &self.tree, api: &self.api, evidence: Some(evidence) }
    }
}

/// Compares two states without declared breaks.
pub(crate) fn compared(old: &State, new: &State) -> Report {
    declared(old, new, "", "")
}

/// Compares two states, with the new and the old text of the declared breaks.
pub(crate) fn declared(old: &State, new: &State, breaks: &str, old_breaks: &str) -> Report {
    let evidence = Evidence::default();
    let input = Input {
        old: old.side("base:spec/partner-center.yaml", &evidence),
        new: new.side(NAME, &evidence),
        breaks: Breaks { name: "spec/breaks.toml", text: breaks, old: old_breaks },
        versions: Versions { manifest: "0.1.0", changelog: CHANGELOG },
    };
    diff::compare(&input).unwrap()
}
