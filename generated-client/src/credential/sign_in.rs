//! Credentials that sign in with Microsoft Entra ID.

mod app;
mod app_user;
mod exchange;
mod grant;
mod refresh_tokens;
mod refusal;
mod secret;

pub use self::{app::AppCredential, app_user::AppUserCredential};
