//! Sends a call, in as many attempts as its policy and its deadline allow.

use std::time::Duration;

use reqwest::{Request, RequestBuilder, StatusCode};
use tokio::time::sleep;

use crate::{
    call::{Call, OperationInfo},
    client::Client,
    credential::CredentialError,
    deadline::Deadline,
    error::Error,
    headers, parameter,
    response::Response,
    retry::Waits,
    telemetry,
    token::Token,
};

/// Makes the request of an operation, anew for each attempt: most calls need only one, so keeping
/// the request would be wasted.
pub(crate) type MakeRequest<'a> = dyn Fn() -> Result<RequestBuilder, Error> + Sync + 'a;

/// A call in progress.
pub(crate) struct Sending<'a> {
    client: &'a Client,
    make_request: &'a MakeRequest<'a>,
    call: Call,
    deadline: Deadline,
    waits: Waits,
    token: Option<Token>,
    was_renewed: bool,
}

impl<'a> Sending<'a> {
    pub(crate) fn new(
        client: &'a Client,
        make_request: &'a MakeRequest<'a>,
        operation: &OperationInfo,
    ) -> Self {
        let call = Call::begin(operation, &client.inner.ids);
        Self {
            client,
            make_request,
            deadline: Deadline::new(call.began, client.inner.timeout),
            call,
            waits: client.inner.retry.waits(),
            token: None,
            was_renewed: false,
        }
    }

    pub(crate) async fn run(&mut self) -> Result<Response, Error> {
        let span = telemetry::span(&self.call, self.client.baseurl.url());
        let result = telemetry::within(&span, self.attempts()).await;
        telemetry::ended(&span, &result);
        result
    }

    async fn attempts(&mut self) -> Result<Response, Error> {
        loop {
            let result = self.attempt().await;
            let wait = match &result {
                Ok(_) => Ok(None),
                Err(error) => self.wait_after(error).await,
            };
            telemetry::attempted(&self.call, &result, wait.as_ref().ok().copied().flatten());
            let Some(wait) = wait? else { return result };
            if let Err(error) = &result {
                self.client.inner.observer.wait(&self.call, error, wait);
            }
            sleep(wait).await;
            // If no slot is free in time, the last response says more than a timeout would.
            if self.deadline.bound(self.client.inner.limit.turn()).await.is_none() {
                return result;
            }
        }
    }

    /// Sends the request and reads the response; every status except success is an error.
    async fn attempt(&mut self) -> Result<Response, Error> {
        let request = (self.make_request)()?.build();
        let mut request =
            request.map_err(|error| Error::invalid_request(&self.call.operation, error))?;
        let token = self.token().await?;
        self.complete(&mut request, &token);
        self.call.attempts += 1;
        let running = self.client.inner.observer.start(&self.call);
        let result = self.exchange(request, token).await;
        if let Some(running) = running {
            running.end(&result);
        }
        result
    }

    async fn exchange(&mut self, request: Request, token: Token) -> Result<Response, Error> {
        let response = match self.client.client.execute(request).await {
            Ok(response) => response,
            Err(error) => return Err(Error::no_response(self.call.snapshot(), error)),
        };
        let (response, failure) = Response::read(&self.call, response, &token).await;
        self.token = Some(token);
        if !response.status().is_success() {
            return Err(Error::error_response(response, failure));
        }
        match failure {
            Some(failure) => Err(Error::incomplete_response(response, failure)),
            None => Ok(response),
        }
    }

    async fn token(&self) -> Result<Token, Error> {
        let tokens = &self.client.inner.tokens;
        if let Some(token) = tokens.cached() {
            return Ok(token);
        }
        match self.deadline.bound(tokens.token()).await {
            Some(Ok(token)) => Ok(token),
            Some(Err(error)) => Err(Error::token_failed(self.call.snapshot(), error)),
            None => Err(Error::token_timed_out(self.call.snapshot())),
        }
    }

    /// Adds the headers and the timeout of an attempt, and encodes the query.
    fn complete(&self, request: &mut Request, token: &Token) {
        parameter::encode_spaces(request.url_mut());
        let config = &self.client.inner;
        headers::add_to_attempt(request.headers_mut(), &config.locale, token, &self.call);
        let left = self.deadline.left();
        if left < config.attempt_timeout {
            *request.timeout_mut() = Some(left);
        }
    }

    /// Returns the wait before the next attempt; `None` if there is no further attempt.
    async fn wait_after(&mut self, error: &Error) -> Result<Option<Duration>, Error> {
        let is_rejected = error.status() == Some(StatusCode::UNAUTHORIZED);
        if !is_rejected || error.rejects_all_tokens() {
            return Ok(self.wait(error));
        }
        match self.renew_token().await {
            Ok(true) => Ok(Some(Duration::ZERO)),
            Ok(false) => Ok(self.wait(error)),
            Err(token_failed) => self.wait(&token_failed).map(Some).ok_or(token_failed),
        }
    }

    /// Returns the wait after an error, if the policy and the deadline allow another attempt.
    fn wait(&mut self, error: &Error) -> Option<Duration> {
        if !error.is_retryable() || error.credential_error().is_some_and(CredentialError::ends_call)
        {
            return None;
        }
        let wait = self.waits.next()?.max(error.retry_after().unwrap_or_default());
        Some(wait).filter(|&wait| wait < self.deadline.left())
    }

    /// Replaces the rejected token, once per call. Returns whether the new token differs.
    async fn renew_token(&mut self) -> Result<bool, Error> {
        let Some(rejected) = self.token.take().filter(|_| !self.was_renewed) else {
            return Ok(false);
        };
        self.was_renewed = true;
        self.client.inner.tokens.reject(&rejected);
        Ok(self.token().await? != rejected)
    }
}
