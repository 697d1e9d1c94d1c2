//! Does the client know which tokens an operation accepts?

use crate::compile;

/// A document whose security schemes have meaningless names, so that only their flows determine the kind of token.
const SCHEMES: &str = "
openapi: 3.0.3
info: {title: A document, version: 1.0.0}
security: SECURITY
paths:
  /v1/things:
    get:
      operationId: getThing
      summary: Get a thing
      OPERATION
      responses:
        '204': {description: Done.}
components:
  securitySchemes:
    Blue:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {all: All., some: Some.}}
    Green:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://example.com/authorize
          tokenUrl: https://example.com/token
          scopes: {read: Reads., write: Writes.}
    Mixed:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {app: All.}}
        implicit: {authorizationUrl: 'https://example.com/authorize', scopes: {user: All.}}
    Password:
      type: oauth2
      flows:
        password: {tokenUrl: 'https://example.com/token', scopes: {}}
    Referred: {$ref: '#/components/securitySchemes/Green'}
    Key: {type: apiKey, name: key, in: header}
    Bearer: {type: http, scheme: bearer}
";

/// Returns the kinds of tokens that the document's operation accepts, and the sentence about them in its documentation.
fn accepted_with(inherited: &str, own: &str) -> String {
    let document = SCHEMES.replace("SECURITY", inherited).replace("OPERATION", own);
    let client = compile::client(&document);
    let (_, tokens) = client.split_once("tokens: &[").unwrap();
    let (tokens, _) = tokens.split_once(']').unwrap();
    let lines: Vec<&str> = client.lines().filter_map(|it| it.trim().strip_prefix("/// ")).collect();
    let text = lines.join(" ");
    let sentence = text.find("Accepts").map_or("nothing", |start| &text[start..]);
    let sentence = sentence.split_once(" Sends").map_or(sentence, |(sentence, _)| sentence);
    format!("[{}] {sentence}", tokens.replace("TokenKind::", ""))
}

fn accepted(security: &str) -> String {
    accepted_with("[{Key: []}]", &format!("security: {security}"))
}

#[test]
fn the_flow_of_a_scheme_determines_the_kind_of_token() {
    insta::assert_snapshot!(accepted("[{Blue: [all]}]"), @"[AppOnly] Accepts only app-only tokens with the scope `all`.");
    insta::assert_snapshot!(accepted("[{Green: [read, write]}]"), @"[AppUser] Accepts only app+user tokens with the scopes `read` and `write`.");
    insta::assert_snapshot!(accepted("[{Password: []}]"), @"[AppUser] Accepts only app+user tokens.");
    insta::assert_snapshot!(accepted("[{Referred: [read]}]"), @"[AppUser] Accepts only app+user tokens with the scope `read`.");
}

#[test]
fn alternatives_combine_their_kinds_of_token() {
    insta::assert_snapshot!(accepted("[{Green: [read]}, {Blue: [all]}]"), @"[AppOnly, AppUser] Accepts app+user tokens with the scope `read`, and app-only tokens with the scope `all`.");
    insta::assert_snapshot!(accepted("[{Green: [read]}, {Green: [write]}, {Blue: [all]}]"), @"[AppOnly, AppUser] Accepts app+user tokens with the scope `read`, app+user tokens with the scope `write`, and app-only tokens with the scope `all`.");
}

#[test]
fn only_flows_with_the_required_scopes_count() {
    insta::assert_snapshot!(accepted("[{Mixed: [app]}]"), @"[AppOnly] Accepts only app-only tokens with the scope `app`.");
    insta::assert_snapshot!(accepted("[{Mixed: [user]}]"), @"[AppUser] Accepts only app+user tokens with the scope `user`.");
    insta::assert_snapshot!(accepted("[{Mixed: []}]"), @"[AppOnly, AppUser] Accepts only app-only or app+user tokens.");
    insta::assert_snapshot!(accepted("[{Mixed: [other]}]"), @"[] Accepts only credentials of the scheme `Mixed` with the scope `other`.");
}

#[test]
fn a_token_must_satisfy_every_scheme_of_a_requirement() {
    insta::assert_snapshot!(accepted("[{Mixed: [], Green: [read]}]"), @"[AppUser] Accepts only app-only or app+user tokens together with app+user tokens with the scope `read`.");
    insta::assert_snapshot!(accepted("[{Key: [], Blue: [all]}]"), @"[AppOnly] Accepts only credentials of the scheme `Key` together with app-only tokens with the scope `all`.");
    insta::assert_snapshot!(accepted("[{Blue: [all], Green: [read]}]"), @"[] Accepts only app-only tokens with the scope `all` together with app+user tokens with the scope `read`.");
}

/// The client must not reject a token that the service might accept.
#[test]
fn an_alternative_of_unknown_kind_accepts_any_token() {
    insta::assert_snapshot!(accepted("[{Green: [read]}, {Key: []}]"), @"[] Accepts app+user tokens with the scope `read`, and credentials of the scheme `Key`.");
    insta::assert_snapshot!(accepted("[{Green: [read]}, {Bearer: []}]"), @"[] Accepts app+user tokens with the scope `read`, and credentials of the scheme `Bearer`.");
    insta::assert_snapshot!(accepted("[{Green: [read]}, {Undefined: []}]"), @"[] Accepts app+user tokens with the scope `read`, and credentials of the scheme `Undefined`.");
    insta::assert_snapshot!(accepted("[{Green: [read]}, {}]"), @"[] Accepts app+user tokens with the scope `read`, and calls without a token.");
    insta::assert_snapshot!(accepted("[]"), @"[] Accepts calls without a token.");
}

#[test]
fn an_operation_inherits_security() {
    insta::assert_snapshot!(accepted_with("[{Blue: [some]}]", ""), @"[AppOnly] Accepts only app-only tokens with the scope `some`.");
    insta::assert_snapshot!(accepted_with("[]", ""), @"[] Accepts calls without a token.");
    let document = SCHEMES.replace("security: SECURITY\n", "").replace("OPERATION", "");
    assert!(!compile::client(&document).contains("Accepts"));
}
