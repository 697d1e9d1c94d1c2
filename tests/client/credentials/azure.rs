//! A credential of `azure_core` as one of ours.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    time::SystemTime,
};

use partner_center_client::{
    AzureCredential, CredentialErrorKind,
    azure_core::{
        self,
        credentials::{AccessToken, TokenCredential, TokenRequestOptions},
        error::ErrorKind,
    },
};

use super::authority::{builder, token};
use support::{
    operation,
    server::{example_server, header, requests},
};

type Answer<'a> = Pin<Box<dyn Future<Output = azure_core::Result<AccessToken>> + Send + 'a>>;

/// Notes the scopes that it is asked for.
#[derive(Debug, Default)]
struct Identity {
    scopes: Mutex<Vec<String>>,
    is_refused: bool,
}

impl TokenCredential for Identity {
    fn get_token<'a, 'b, 'c, 'd, 'e>(
        &'a self,
        scopes: &'b [&'c str],
        _: Option<TokenRequestOptions<'d>>,
    ) -> Answer<'e>
    where
        'a: 'e,
        'b: 'e,
        'c: 'e,
        'd: 'e,
    {
        self.scopes.lock().unwrap().extend(scopes.iter().map(|&scope| scope.to_owned()));
        let refusal = azure_core::Error::with_message(ErrorKind::Credential, "no identity");
        let answer = if self.is_refused {
            Err(refusal)
        } else {
            Ok(AccessToken::new(token(1), SystemTime::now().into()))
        };
        Box::pin(async { answer })
    }
}

#[tokio::test]
async fn a_token_for_partner_center() {
    let (identity, service) = (Arc::new(Identity::default()), example_server().await);
    let credential = AzureCredential::new(identity.clone());
    let client = builder(&service).credential(credential).build().unwrap();
    operation::call(&client).await.unwrap();
    let authorization = format!("Bearer {}", token(1));
    assert_eq!(header(&requests(&service).await[0], "authorization"), Some(&*authorization));
    let scopes = identity.scopes.lock().unwrap();
    assert_eq!(*scopes, ["https://api.partnercenter.microsoft.com/.default"]);
}

#[tokio::test]
async fn its_expiry_counts() {
    let (identity, service) = (Arc::new(Identity::default()), example_server().await);
    let credential = AzureCredential::new(identity.clone()).scope("api://own/.default");
    let client = builder(&service).credential(credential).build().unwrap();
    operation::call(&client).await.unwrap();
    operation::call(&client).await.unwrap();
    assert_eq!(*identity.scopes.lock().unwrap(), ["api://own/.default"; 2]);
}

#[tokio::test]
async fn its_failure_is_the_source() {
    let identity = Identity { is_refused: true, ..Identity::default() };
    let service = example_server().await;
    let client = builder(&service).credential(AzureCredential::new(Arc::new(identity)));
    let error = operation::call(&client.build().unwrap()).await.unwrap_err();
    let error = error.credential_error().unwrap();
    assert_eq!(error.kind(), CredentialErrorKind::Other);
    let source = std::error::Error::source(error).unwrap();
    assert!(source.to_string().contains("no identity"), "{source}");
}
