//! An exchange with the authority, which returns a token.

use std::{pin::Pin, time::Duration};

use oauth2::{
    AsyncHttpClient, AuthType, Client, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, RefreshToken, RequestTokenError, Scope, StandardRevocableToken,
    TokenUrl,
    basic::{BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse},
};
use reqwest::{Url, header::HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use serde::de::IgnoredAny;

use super::{
    grant::Grant,
    refusal::{self, Secrets},
};
use crate::{
    credential::{CredentialError, CredentialErrorKind},
    encoding, excerpt,
    failure::Failure,
    http::{HttpSettings, NotBuilt},
    response::{DEFAULT_LIMIT, Incomplete, read_body},
};

/// The settings of an exchange.
pub(super) struct Exchange {
    pub(super) http: reqwest::Client,
    pub(super) endpoint: Url,
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) scope: String,
}

type OAuth = Client<
    BasicErrorResponse,
    Grant,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;
type Failed = RequestTokenError<CredentialError, BasicErrorResponse>;

impl Exchange {
    /// Requests a token for the application itself.
    pub(super) async fn client_credentials(&self) -> Result<Grant, CredentialError> {
        let wire = self.wire([]);
        let client = self.oauth();
        let request = client.exchange_client_credentials().add_scope(self.scope());
        request.request_async(&wire).await.map_err(|failure| wire.error(failure))
    }

    /// Requests an access token for the user to whom the refresh token belongs, and a new refresh token.
    pub(super) async fn refresh_token(
        &self,
        refresh_token: &SecretString,
    ) -> Result<Grant, CredentialError> {
        let wire = self.wire([refresh_token.clone()]);
        let client = self.oauth();
        let refresh_token = RefreshToken::new(refresh_token.expose_secret().to_owned());
        // Version 2 of the endpoint returns a refresh token only if the scope contains `offline_access`.
        let scopes = [self.scope(), Scope::new("offline_access".to_owned())];
        let request = client.exchange_refresh_token(&refresh_token).add_scopes(scopes);
        request.request_async(&wire).await.map_err(|failure| wire.error(failure))
    }

    fn oauth(&self) -> OAuth {
        Client::new(ClientId::new(self.client_id.clone()))
            .set_client_secret(ClientSecret::new(self.client_secret.expose_secret().to_owned()))
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(TokenUrl::from_url(self.endpoint.clone()))
    }

    fn scope(&self) -> Scope {
        Scope::new(self.scope.clone())
    }

    fn wire<const N: usize>(&self, others: [SecretString; N]) -> Wire {
        let secrets = std::iter::once(self.client_secret.clone()).chain(others);
        Wire { http: self.http.clone(), secrets: Secrets(secrets.collect()) }
    }
}

/// Sends requests for `oauth2`, and keeps the secrets that no error may repeat.
struct Wire {
    http: reqwest::Client,
    secrets: Secrets,
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = CredentialError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CredentialError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

impl Wire {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, CredentialError> {
        let response = self.execute(request).await.map_err(incomplete)?;
        if !response.status().is_success() {
            return Err(refusal::error(&response, &self.secrets));
        }
        let is_json = serde_json::from_slice::<IgnoredAny>(response.body()).is_ok();
        match encoding::unread(response.headers(), response.body()).filter(|_| !is_json) {
            Some(problem) => Err(invalid_response(&problem)),
            None => Ok(response),
        }
    }

    async fn execute(&self, request: HttpRequest) -> Result<HttpResponse, Incomplete> {
        let mut received = self.http.execute(request.try_into()?).await?;
        let (status, headers) = (received.status(), std::mem::take(received.headers_mut()));
        let (body, incomplete) = read_body(&mut received, DEFAULT_LIMIT).await;
        if let Some(incomplete) = incomplete {
            return Err(incomplete);
        }
        let mut response = HttpResponse::new(encoding::to_utf_8(&headers, &body).into_owned());
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    /// Converts an `oauth2` error. The result repeats neither the body nor a value from it, because even an
    /// invalid response may contain a token.
    fn error(&self, failure: Failed) -> CredentialError {
        let problem = match failure {
            RequestTokenError::Request(error) => return error,
            RequestTokenError::Parse(error, _) => {
                describe(&error.path().to_string(), error.inner())
            }
            RequestTokenError::ServerResponse(refusal) => refusal.error().to_string(),
            RequestTokenError::Other(problem) => problem,
        };
        invalid_response(&excerpt::one_line(&self.secrets.hidden_in(&problem), 200))
    }
}

const INVALID_RESPONSE: &str = "sign-in: the response is not a valid token response";

fn invalid_response(problem: &str) -> CredentialError {
    let problem = format!("{INVALID_RESPONSE}: {problem}");
    CredentialError::new(CredentialErrorKind::InvalidResponse, problem)
}

/// Names the missing or invalid member of a response.
fn describe(path: &str, error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.split_once(" at line ") {
        Some((message, _)) if message.starts_with("missing field") => message.to_owned(),
        _ if path == "." => "not an object".to_owned(),
        _ => format!("at `{path}`"),
    }
}

fn incomplete(source: Incomplete) -> CredentialError {
    let Incomplete::BrokenOff(error) = &source else {
        return CredentialError::new(CredentialErrorKind::InvalidResponse, INVALID_RESPONSE)
            .with_source(source);
    };
    let failure = Failure::of(error);
    let kind = match failure {
        Failure::Timeout => CredentialErrorKind::Timeout,
        Failure::Malformed => CredentialErrorKind::InvalidResponse,
        Failure::Unsendable => CredentialErrorKind::Configuration,
        _ => CredentialErrorKind::Connection,
    };
    CredentialError::new(kind, format!("sign-in: {}", failure.problem())).with_source(source)
}

/// Returns the token endpoint of a tenant.
pub(super) fn endpoint(mut authority: Url, tenant: &str) -> Url {
    authority
        .path_segments_mut()
        .expect("a URL of http or https has a path")
        .pop_if_empty()
        .extend([tenant, "oauth2", "v2.0", "token"]);
    authority
}

/// The maximum timeout of an exchange.
pub(super) const LONGEST_EXCHANGE: Duration = Duration::from_secs(60);

pub(super) fn http_client(
    authority: &Url,
    settings: &HttpSettings,
) -> Result<reqwest::Client, CredentialError> {
    settings.build(authority, HeaderMap::new()).map_err(|NotBuilt { problem, source }| {
        let error = CredentialError::new(CredentialErrorKind::Configuration, problem);
        match source {
            Some(source) => error.with_source(source),
            None => error,
        }
    })
}
