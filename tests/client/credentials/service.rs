//! A stand-in for Partner Center that looks at tokens.

use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::authority::token;
use support::server::{example, header};

/// A service that refuses the first so many tokens.
pub(super) async fn refusing_tokens(refused: usize) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(Service { refused }).mount(&server).await;
    server
}

struct Service {
    refused: usize,
}

impl Respond for Service {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let authorization = header(request, "authorization").expect("each call carries a token");
        let token_number = (1..100).find(|&n| authorization == format!("Bearer {}", token(n)));
        if token_number.expect("it is one of the authority's") <= self.refused {
            return ResponseTemplate::new(401);
        }
        example()
    }
}
