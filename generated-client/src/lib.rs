// In Markdown, the first definition of a link counts. In rustdoc, that is the definition in these files, a path that
// rustdoc checks. A forge sees only the definitions in the README, which point to docs.rs. Doctests omit these files so
// that a failure is reported in README.md.
#![cfg_attr(not(doctest), doc = include_str!("links/always.md"))]
#![cfg_attr(
    all(not(doctest), feature = "azure_core", feature = "mock", feature = "oauth2", feature = "recorder"),
    doc = include_str!("links/features.md")
)]
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(missing_docs)]

pub mod amount;
mod base_url;
mod builder;
mod call;
mod client;
mod cloud;
mod config;
mod confirmation;
mod credential;
mod deadline;
mod encoding;
mod error;
mod excerpt;
mod exec;
mod extra;
mod failure;
mod fault;
mod gate;
mod generated;
#[cfg(any(doc, test))]
pub mod guide;
mod head;
mod headers;
mod http;
mod inspection;
mod json;
mod limit;
mod link;
#[cfg(feature = "mock")]
pub mod mock;
mod model;
mod observer;
mod pages;
mod parameter;
mod queue;
#[cfg(feature = "recorder")]
mod recorder;
mod redact;
mod report;
mod response;
mod response_value;
mod retry;
mod retry_after;
mod runtime;
#[cfg(feature = "utoipa")]
mod schema;
mod send;
#[cfg_attr(not(feature = "tracing"), path = "telemetry/silent.rs")]
mod telemetry;
mod throttle;
mod timestamp;
mod token;
mod transport;
mod wait_until;
mod write_order;

#[cfg(feature = "azure_core")]
pub use azure_core;
#[cfg(feature = "chrono")]
pub use chrono;
#[cfg(feature = "jiff")]
pub use jiff;
pub use reqwest::{self, StatusCode, header::HeaderMap};
#[cfg(feature = "rust_decimal")]
pub use rust_decimal;
pub use secrecy;
pub use serde_json;
pub use uuid;

#[cfg(feature = "azure_core")]
pub use crate::credential::AzureCredential;
#[cfg(feature = "oauth2")]
pub use crate::credential::{AppCredential, AppUserCredential};
#[cfg(feature = "recorder")]
pub use crate::recorder::Recorder;
pub use crate::{
    amount::{Amount, AmountError},
    builder::ClientBuilder,
    client::Client,
    cloud::Cloud,
    credential::{AccessToken, Credential, CredentialError, CredentialErrorKind, TokenKind},
    error::{Error, ErrorKind},
    extra::Extra,
    generated::{codes, statuses, types},
    observer::{Attempt, AttemptEnd, AttemptOutcome, Observer, Wait},
    pages::{Items, Pages},
    response_value::ResponseValue,
    retry::RetryPolicy,
    timestamp::{Timestamp, TimestampError},
    wait_until::wait_until,
};
