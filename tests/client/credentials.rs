//! Does a client get a token when it needs one, keep it while it lasts, and say why it has none?

mod app_only;
mod app_user;
mod authority;
mod azure;
mod clouds;
#[cfg(target_os = "linux")]
mod margin;
mod of_your_own;
mod refusals;
mod renewal;
mod secrets;
mod service;
