//! A stand-in for Partner Center, for the tests of programs that use this client.
//!
//! A [`MockServer`] runs on this machine and answers every operation with the example that Microsoft
//! documents:
//!
//! ```
//! # use partner_center_client::{mock::MockServer, uuid::Uuid};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), partner_center_client::Error> {
//! let server = MockServer::start();
//! let budget = server.client().get_usage_budget(&Uuid::nil()).await?;
//! assert_eq!(budget.amount, Some(100.into()));
//! # Ok(())
//! # }
//! ```
//!
//! One more line, and it behaves as services do at times. A [`Quirk`] is for the next answer:
//!
//! ```
//! # use std::time::Duration;
//! # use partner_center_client::{mock::{MockServer, Quirk}, uuid::Uuid};
//! # fn main() {
//! # let server = MockServer::start();
//! server.quirk(Quirk::throttled(Duration::from_secs(1)).times(2));
//! # }
//! ```
//!
//! Each operation has a method of the server that expects certain calls of it and says what they are
//! answered with. It gives an [`httpmock::Mock`], which knows how often it was called:
//!
//! ```
//! # use partner_center_client::{mock::MockServer, types::SpendingBudgetUpdate, uuid::Uuid};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), partner_center_client::Error> {
//! # let server = MockServer::start();
//! # let customer = Uuid::nil();
//! let update = SpendingBudgetUpdate::new(None);
//! let cleared = server.update_usage_budget(|when, then| {
//!     when.customer_tenant_id(&customer).body(&update);
//!     then.example(200, "documented");
//! });
//! server.client().update_usage_budget(&customer, &update).await?;
//! cleared.assert();
//! # Ok(())
//! # }
//! ```
//!
//! What no expectation asks for is answered with the documented example still. [`OPERATIONS`] lists
//! these, those of the errors too.

mod edit;
mod examples;
#[rustfmt::skip]
mod generated;
mod message;
mod quirk;
mod request;
mod text;
mod wire;

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

pub use httpmock;

use self::wire::Wire;
pub use self::{
    examples::{Example, Operation, Response},
    generated::*,
    quirk::Quirk,
    request::Request,
};
use crate::{builder::ClientBuilder, client::Client};

/// What stands for an access token.
const ACCESS_TOKEN: &str = "access-token-of-the-mock-server";

/// A server on this machine that answers as Partner Center does.
///
/// When it is dropped, connections to it fail, which can be tested too. In one process 25 servers run at
/// a time; the next one waits until one of them is dropped.
pub struct MockServer {
    service: httpmock::MockServer,
    /// The mock that answers with examples.
    examples: Mutex<usize>,
    wire: Wire,
}

impl MockServer {
    /// Starts a server that answers every operation with its documented example.
    ///
    /// # Panics
    ///
    /// If no port of this machine is free.
    pub fn start() -> Self {
        let service = httpmock::MockServer::start();
        let examples = Mutex::new(examples::mount(&service));
        let wire = Wire::start(*service.address()).expect("this machine has a free port");
        Self { service, examples, wire }
    }

    /// The base URL, `http` to a port of this machine.
    pub fn url(&self) -> &str {
        self.wire.url()
    }

    /// A client of this server, with a stand-in for an access token.
    pub fn client(&self) -> Client {
        self.builder().build().expect("a server on this machine may be called by `http`")
    }

    /// A client of this server, for more settings.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(self.url()).access_token(ACCESS_TOKEN)
    }

    /// Does something to the next answer, or to as many as the quirk says; after the quirks that were
    /// given before.
    pub fn quirk(&self, quirk: Quirk) {
        self.wire.quirk(quirk);
    }

    /// The requests so far, those that a quirk answered too.
    pub fn requests(&self) -> Vec<Request> {
        self.wire.requests()
    }

    /// Expects any request, of no operation in particular, and answers it.
    ///
    /// Of several expectations that a request meets, the first answers.
    pub fn mock(&self, expect: impl FnOnce(httpmock::When, httpmock::Then)) -> httpmock::Mock<'_> {
        let mock = self.service.mock(expect);
        self.answer_last_with_examples();
        mock
    }

    /// httpmock tries its mocks in the order in which they were made.
    fn answer_last_with_examples(&self) {
        let mut examples = self.examples.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *examples, examples::mount(&self.service));
        httpmock::Mock::new(before, &self.service).delete();
    }
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("url", &self.url()).finish_non_exhaustive()
    }
}
