//! A mock of Partner Center that checks tokens.

use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::authority::token;
use support::server::{example, header};

/// Starts a service that rejects the tokens with the numbers 1 to `rejected`.
pub(super) async fn rejecting_tokens(rejected: usize) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(Service { rejected }).mount(&server).await;
    server
}

struct Service {
    rejected: usize,
}

impl Respond for Service {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let authorization = header(request, "authorization").expect("each call sends a token");
        let token_number = (1..100).find(|&n| authorization == format!("Bearer {}", token(n)));
        if token_number.expect("the authority granted the token") <= self.rejected {
            return ResponseTemplate::new(401);
        }
        example()
    }
}
