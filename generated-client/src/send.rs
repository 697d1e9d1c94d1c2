//! Sends a call, with as many attempts as its retry policy and its deadline allow.

mod ready;

use std::time::Duration;

use reqwest::{Request, RequestBuilder, StatusCode};
use tokio::time::{Instant, sleep};

use crate::{
    call::{Call, OperationInfo},
    client::Client,
    credential::CredentialError,
    deadline::Deadline,
    error::Error,
    headers, parameter,
    response::Response,
    retry::{self, Waits},
    telemetry,
    token::Token,
    transport,
};

/// Builds the request of an operation. Most calls need only one attempt, so building the request again for each attempt
/// costs less than keeping a copy.
pub(crate) type MakeRequest<'a> = dyn Fn() -> Result<Request, Error> + Sync + 'a;

/// Describes the request of an operation. The generated code contains these functions.
pub(crate) type DescribeRequest<'a> = dyn Fn() -> Result<RequestBuilder, Error> + Sync + 'a;

/// Builds the request of an operation, and encodes its query.
pub(crate) fn build(builder: RequestBuilder, operation: &OperationInfo) -> Result<Request, Error> {
    let built = builder.build();
    let mut request = built.map_err(|error| Error::invalid_request(operation, error))?;
    parameter::encode_spaces(request.url_mut());
    Ok(request)
}

/// A call in progress.
pub(crate) struct Sending<'a> {
    client: &'a Client,
    make_request: &'a MakeRequest<'a>,
    /// The request of the first attempt.
    first_request: Option<Request>,
    call: Call,
    waits: Waits,
    token: Option<Token>,
    was_renewed: bool,
    /// The time from the last request to its response; zero if there was no response.
    response_time: Duration,
}

impl<'a> Sending<'a> {
    pub(crate) fn new(
        client: &'a Client,
        make_request: &'a MakeRequest<'a>,
        first_request: Request,
        call: Call,
    ) -> Self {
        Self {
            client,
            make_request,
            first_request: Some(first_request),
            call,
            waits: client.inner.retry.waits(),
            token: None,
            was_renewed: false,
            response_time: Duration::ZERO,
        }
    }

    /// Returns the first response with a success status, or the error after which the call is not retried.
    pub(crate) async fn run(&mut self) -> Result<Response, Error> {
        let mut earlier = None;
        loop {
            let result = match (self.ready().await, earlier) {
                (Ok(token), _) => self.attempt(token).await,
                // The earlier error is more useful than an error about the lack of time for another attempt.
                (Err(error), Some(earlier)) if error.is_out_of_time() => return Err(earlier),
                (Err(error), _) => Err(error),
            };
            let mut error = match result {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            let wait = self.wait_after(&mut error).await;
            let next = wait.as_ref().ok().copied().flatten();
            telemetry::attempted(&self.call, Err(&error), next);
            let Some(wait) = wait? else { return Err(error) };
            self.client.inner.observer.wait(&self.call, &error, wait);
            sleep(wait).await;
            earlier = Some(error);
        }
    }

    /// Sends the request and reads the response; every status other than success is an error.
    async fn attempt(&mut self, token: Token) -> Result<Response, Error> {
        let mut request = self.next_request()?;
        self.complete(&mut request, &token);
        self.call.attempts += 1;
        let running = self.client.inner.observer.start(&self.call);
        let mut result = self.exchange(request, token).await;
        if let Some(running) = running {
            match &mut result {
                Ok(response) => response.report.attempt = Some(Box::new(running.read())),
                Err(error) => running.end(Err(error)),
            }
        }
        result
    }

    async fn exchange(&mut self, request: Request, token: Token) -> Result<Response, Error> {
        self.response_time = Duration::ZERO;
        #[cfg(feature = "recorder")]
        let recording =
            self.client.inner.recorder.as_ref().map(|it| it.begin(&self.call, &request));
        let sent = Instant::now();
        let response = match transport::execute(self.client, request).await {
            Ok(response) => response,
            Err(error) => return Err(Error::no_response(self.call.snapshot(), error)),
        };
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            self.client.inner.limit.gate().close(response.headers());
        }
        let limit = self.client.inner.max_response_bytes;
        let (response, failure) = Response::read(&self.call, response, &token, limit).await;
        #[cfg(feature = "recorder")]
        if let Some(recording) = recording {
            recording.end(&response, failure.is_none());
        }
        self.token = Some(token);
        self.response_time = sent.elapsed();
        if !response.status().is_success() {
            return Err(Error::error_response(response, failure));
        }
        match failure {
            Some(failure) => Err(Error::incomplete_response(response, failure)),
            None => Ok(response),
        }
    }

    fn next_request(&mut self) -> Result<Request, Error> {
        match self.first_request.take() {
            Some(request) => Ok(request),
            None => (self.make_request)(),
        }
    }

    /// Adds the headers and the timeout of an attempt.
    fn complete(&self, request: &mut Request, token: &Token) {
        let config = &self.client.inner;
        headers::add_to_attempt(request.headers_mut(), &config.locale, token, &self.call);
        let left = self.deadline().left();
        if left < config.attempt_timeout {
            *request.timeout_mut() = Some(left);
        }
    }

    /// Returns the wait before the next attempt; `None` if there is no further attempt.
    async fn wait_after(&mut self, error: &mut Error) -> Result<Option<Duration>, Error> {
        self.call.is_ambiguous |= error.is_ambiguous();
        let is_rejected = error.status() == Some(StatusCode::UNAUTHORIZED);
        if !is_rejected || error.rejects_all_tokens() {
            return Ok(self.wait(error));
        }
        let tokens = &self.client.inner.tokens;
        let kept = self.token.as_ref().and_then(|token| tokens.kept(token));
        match self.renew_token().await {
            Ok(true) => Ok(Some(Duration::ZERO)),
            Ok(false) => {
                if let Some(kept) = kept {
                    error.explain_kept_token(kept);
                }
                Ok(self.wait(error))
            }
            // The response is more useful than an error about the lack of time for another token.
            Err(token_failed) if token_failed.is_out_of_time() => Ok(None),
            Err(token_failed) => self.wait(&token_failed).map(Some).ok_or(token_failed),
        }
    }

    /// Returns the wait after an error, if the policy and the deadline allow another attempt.
    fn wait(&mut self, error: &Error) -> Option<Duration> {
        if !error.is_retryable() || self.must_not_repeat(error) {
            return None;
        }
        let wait = self.waits.next()?.max(error.retry_after().unwrap_or_default());
        let needed = wait.saturating_add(self.minimum_time());
        Some(wait).filter(|_| needed <= self.deadline().left())
    }

    fn must_not_repeat(&self, error: &Error) -> bool {
        let is_unsafe = error.is_ambiguous() && !self.client.inner.retry_ambiguous_writes;
        is_unsafe || error.credential_error().is_some_and(CredentialError::ends_call)
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

    fn deadline(&self) -> Deadline {
        Deadline::new(self.call.began, self.client.inner.timeout)
    }

    /// Returns the minimum time to allow for the next attempt. With less time, the attempt would most likely time out,
    /// which would hide the response to the last attempt.
    fn minimum_time(&self) -> Duration {
        let attempt_timeout = self.client.inner.attempt_timeout;
        retry::minimum_time(attempt_timeout).max(self.response_time).min(attempt_timeout)
    }
}
