//! Credentials that sign in with Microsoft Entra ID.

mod answer;
mod app;
mod app_user;
mod exchange;
mod refusal;

pub use self::{app::AppCredential, app_user::AppUserCredential};
