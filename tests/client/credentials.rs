//! A client gets a token when it needs one, uses it while it is valid, and explains why it could not get one.

mod app_only;
mod app_user;
mod authority;
mod azure;
mod calls;
mod clouds;
mod kinds;
#[cfg(target_os = "linux")]
mod margin;
mod of_your_own;
#[cfg(target_os = "linux")]
mod pauses;
mod refusals;
#[cfg(target_os = "linux")]
mod rejections;
mod renewal;
#[cfg(target_os = "linux")]
mod scene;
mod secrets;
mod service;
#[cfg(target_os = "linux")]
mod storing;
