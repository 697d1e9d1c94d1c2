#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod amount;
mod base_url;
mod builder;
mod call;
mod client;
mod error;
mod excerpt;
mod fault;
#[rustfmt::skip]
mod generated;
mod headers;
#[cfg(feature = "mock")]
pub mod mock;
mod response;
mod retry_after;
mod runtime;
mod token;

pub use reqwest::{StatusCode, header::HeaderMap};
#[cfg(feature = "rust_decimal")]
pub use rust_decimal;
pub use serde_json;
pub use uuid;

pub use crate::{
    amount::{Amount, AmountError},
    builder::ClientBuilder,
    error::{Error, ErrorKind},
    generated::{Client, types},
    response::ResponseValue,
};
