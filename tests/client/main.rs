//! The client as a program sees it: requests, responses, errors, retries, credentials and the mock.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod amount;
mod client;
mod credentials;
mod errors;
mod examples;
mod extra;
#[cfg(target_os = "linux")]
mod ids;
#[cfg(target_os = "linux")]
mod limits;
#[cfg(target_os = "linux")]
mod matrix;
mod mock;
#[cfg(target_os = "linux")]
mod observer;
#[cfg(target_os = "linux")]
mod pages;
#[cfg(target_os = "linux")]
mod permanent;
mod requests;
#[cfg(target_os = "linux")]
mod retries;
mod schemas;
#[cfg(target_os = "linux")]
mod store;
#[cfg(target_os = "linux")]
mod telemetry;
#[cfg(target_os = "linux")]
mod throttling;
mod timestamp;
mod tolerance;
#[cfg(target_os = "linux")]
mod transport;
#[cfg(target_os = "linux")]
mod unpolled;
#[cfg(target_os = "linux")]
mod wait_until;
mod wire;
#[cfg(target_os = "linux")]
mod writes;
