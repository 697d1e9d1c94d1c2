//! Makes a call: lets a write wait for earlier ones, limits the concurrent calls, and reports the result.

use reqwest::Request;

use crate::{
    call::{Call, OperationInfo},
    client::Client,
    config::Config,
    deadline::Deadline,
    error::Error,
    response::Response,
    retry,
    send::{self, DescribeRequest, MakeRequest, Sending},
    telemetry,
};

impl Client {
    /// Builds a request, sends it with as many attempts as the retry policy allows, and reads the response; every
    /// status other than success is an error.
    pub(crate) async fn exec(
        &self,
        describe_request: &DescribeRequest<'_>,
        operation: &OperationInfo,
    ) -> Result<Response, Error> {
        let make_request = || send::build(describe_request()?, operation);
        self.exec_as_is(&make_request, operation).await
    }

    /// Does the same as [`exec`](Self::exec) for a request that must be sent unchanged.
    pub(crate) async fn exec_as_is(
        &self,
        make_request: &MakeRequest<'_>,
        operation: &OperationInfo,
    ) -> Result<Response, Error> {
        check_token_kind(&self.inner, operation)?;
        let (request, config) = (make_request()?, &self.inner);
        if !config.ids.claim() {
            return Err(Error::request_id_used(operation));
        }
        let call = Call::begin(operation, &config.ids);
        let span = telemetry::span(&call, self.baseurl.url());
        let mut result =
            telemetry::within(&span, self.send_in_turn(make_request, request, call)).await;
        match &mut result {
            // The outcome is reported once the body has become a value or an error.
            Ok(response) => response.report.span = Some(span),
            Err(error) => telemetry::ended(&span, Err(error)),
        }
        result
    }

    async fn send_in_turn(
        &self,
        make_request: &MakeRequest<'_>,
        request: Request,
        mut call: Call,
    ) -> Result<Response, Error> {
        let config = &self.inner;
        let deadline = Deadline::new(call.began, config.timeout);
        let deadline = deadline.minus(retry::minimum_time(config.attempt_timeout));
        // A write that waits for another one must not occupy a slot that other calls could use.
        let _turn = config.writes.turn_of(&call, &request, deadline).await?;
        let _permit = config.limit.permit(&mut call).await;
        Sending::new(self, make_request, request, call).run().await
    }
}

/// Fails if the credential declares a kind of token that the operation does not accept.
fn check_token_kind(config: &Config, operation: &OperationInfo) -> Result<(), Error> {
    match config.tokens.kind() {
        Some(kind) if !operation.accepts(kind) => Err(Error::unsupported_token(operation, kind)),
        _ => Ok(()),
    }
}
