//! A stand-in for Partner Center, for testing programs that use this client.
//!
//! A [`MockTransport`] takes the place of the network. It needs no socket, and responds to every
//! operation with the documented example:
//!
//! ```
//! # use partner_center_client::{mock::MockTransport, uuid::Uuid};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), partner_center_client::Error> {
//! let transport = MockTransport::new();
//! let budget = transport.client().get_usage_budget(&Uuid::nil()).await?;
//! assert_eq!(budget.amount, Some(100.into()));
//! # Ok(())
//! # }
//! ```
//!
//! A [`MockServer`] does the same on a local port, for programs that build their own client from a
//! URL. It can also expect calls, as described [below](#expected-calls).
//!
//! The mock accepts any token, because a token does not show its kind. The client checks the kind that its credential
//! [declares](crate::Credential::token_kind), even with the mock; the placeholder token declares none. To test how your
//! program handles a rejection by the service, use [`Quirk::fault(403, 900329, …)`](Quirk::fault).
//!
//! # Changes
//!
//! Both remember changes. After a `PUT` or `PATCH`, its response and later reads of the same path
//! contain the new values:
//!
//! ```
//! # use std::time::Duration;
//! # use partner_center_client::{mock::MockTransport, types::OverageUpdate, uuid::Uuid, wait_until};
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), partner_center_client::Error> {
//! let (transport, customer) = (MockTransport::new(), Uuid::nil());
//! transport.show_changes_after_reads(2); // or `show_changes_after(Duration)`; immediately by default
//! let client = transport.client();
//! let update = OverageUpdate::new(false).with_azure_entitlement_id(Uuid::from_u128(2));
//! client.update_overage(&customer, &update).await?;
//! let overages = wait_until(
//!     || client.get_overage(&customer),
//!     |overages| overages.items.iter().all(|it| it.overage_enabled == Some(false)),
//!     Duration::from_secs(60),
//! )
//! .await?;
//! assert_eq!(transport.requests().len(), 4); // one change, two reads of the old value, one of the new
//! # Ok(())
//! # }
//! ```
//!
//! The document determines how a change becomes visible:
//!
//! - The members of the request that the response also declares are set, each as a whole. After a
//!   `PUT`, members that the request omits are absent, unless the response requires them.
//! - Optional `readOnly` numbers are absent after a change, because only the service can compute them.
//! - If a `GET` of the path returns the same schema as the change, it returns the changed object. If it
//!   returns a list of that schema, the changed object replaces the item with the same identity, or is
//!   added to the list. The identity consists of the scalar members that the request cannot set, except
//!   for optional `readOnly` numbers; if there are no such members, it consists of the required scalar
//!   members.
//!
//! # Pages
//!
//! For an operation whose response can be one page of several, the mock serves the pages that you give it, each with a
//! link to the next:
//!
//! ```
//! # use partner_center_client::{mock::MockTransport, types::CustomerMonthlyUsageRecord};
//! # use partner_center_client::types::CustomerUsageRecordCollection;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), partner_center_client::Error> {
//! let record = CustomerMonthlyUsageRecord::new().with_resource_name("Contoso");
//! let page = CustomerUsageRecordCollection::new(vec![record]);
//! let transport = MockTransport::new();
//! transport.pages("list_customer_usage_records", [&page, &page, &page]);
//! let mut records = transport.client().list_customer_usage_records_items();
//! while let Some(record) = records.next().await {
//!     assert_eq!(record?.resource_name.as_deref(), Some("Contoso"));
//! }
//! assert_eq!(transport.requests().len(), 3);
//! # Ok(())
//! # }
//! ```
//!
//! # Failures
//!
//! A [`Quirk`] changes or replaces the next response:
//!
//! ```
//! # use std::time::Duration;
//! # use partner_center_client::mock::{MockTransport, Quirk};
//! # let transport = MockTransport::new();
//! transport.quirk(Quirk::throttled(Duration::from_secs(1)).times(2));
//! transport.quirk(Quirk::status(404).of("get_overage").always());
//! ```
//!
//! With Tokio's clock paused (its feature `test-util`), the retries and timeouts of a client with a
//! `MockTransport` take no real time.
//!
//! # Values and errors
//!
//! An [`Outcome`] creates a [`ResponseValue`](crate::ResponseValue) or an [`Error`](crate::Error)
//! without a call. Each model has a constructor `new` for its required members, and a method `with_…`
//! for each optional member.
//!
//! ```
//! use partner_center_client::{ErrorKind, mock::Outcome, types::SpendingBudget};
//!
//! let value = Outcome::of("get_usage_budget").value(SpendingBudget::new().with_amount(250.into()));
//! assert_eq!(value.amount, Some(250.into()));
//! let error = Outcome::of("get_usage_budget").error(ErrorKind::Timeout);
//! assert!(error.is_retryable());
//! ```
//!
//! # Expected calls
//!
//! For each operation, a `MockServer` has a method that expects certain calls and sets their response.
//! It returns an [`httpmock::Mock`], which counts the calls:
//!
//! ```
//! # use partner_center_client::{mock::MockServer, types::SpendingBudgetUpdate, uuid::Uuid};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), partner_center_client::Error> {
//! # let server = MockServer::start();
//! # let customer = Uuid::nil();
//! let update = SpendingBudgetUpdate::new(Some(100.into()));
//! let set = server.update_usage_budget(|when, then| {
//!     when.customer_tenant_id(&customer).body(&update);
//!     then.example(200, "documented");
//! });
//! server.client().update_usage_budget(&customer, &update).await?;
//! set.assert();
//! # Ok(())
//! # }
//! ```
//!
//! A call that matches an expectation does not change what the mock remembers. [`OPERATIONS`] lists all
//! operations and their examples, including examples of errors.
//!
//! # Why a transport and not a trait
//!
//! Users of `azure_core` replace its `Transport`, and users of the AWS SDK replace its HTTP client; both
//! keep the type of the client. A transport needs no code per operation, whereas a trait would gain a
//! required method with each operation. And only a transport runs the real retries, timeouts and decoding.

mod body;
mod clients;
mod edit;
mod examples;
#[rustfmt::skip]
mod generated;
mod message;
mod object;
mod outcome;
mod pages;
mod quirk;
mod request;
mod resources;
mod server;
mod service;
mod steps;
mod text;
mod transport;
mod wire;
mod write;

pub use httpmock;

pub use self::{
    examples::{Example, OPERATIONS, Operation, Response},
    generated::*,
    outcome::Outcome,
    quirk::Quirk,
    request::Request,
    server::MockServer,
    transport::MockTransport,
};
