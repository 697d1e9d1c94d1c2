//! Builds the client from its settings.

use std::sync::Arc;

use reqwest::Url;

use super::ClientBuilder;
use crate::{
    base_url::{self, BaseUrl},
    call::Ids,
    client::Client,
    cloud::Cloud,
    config::Config,
    credential::{AnyCredential, Tokens},
    error::Error,
    generated::types::COMMON_PATH,
    headers,
    limit::Limit,
    write_order::WriteOrder,
};

impl ClientBuilder {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a setting is missing or
    /// invalid; its message names the setting and the remedy.
    pub fn build(self) -> Result<Client, Error> {
        let credential = self.checked_credential()?;
        let url = self.url(credential.token_cloud())?;
        Ok(Client {
            client: self.http_client(&url)?,
            baseurl: BaseUrl::new(url),
            inner: self.config(Tokens::new(credential))?,
        })
    }

    fn checked_credential(&self) -> Result<Arc<dyn AnyCredential>, Error> {
        let Some(credential) = &self.credential else {
            let problem =
                "credential: missing; pass one to `credential`, or a token to `access_token`";
            return Err(Error::configuration(problem));
        };
        credential.check().map_err(|error| Error::configuration(error.to_string()))?;
        Ok(Arc::clone(credential))
    }

    fn url(&self, of_credential: Option<Cloud>) -> Result<Url, Error> {
        if let (Some(cloud), Some(other)) = (self.cloud, of_credential)
            && cloud != other
        {
            let problem = "differs from the cloud of the credential; set it only on the credential";
            return Err(Error::configuration(format!("cloud: {problem}")));
        }
        let of_cloud = self.cloud.or(of_credential).unwrap_or_default().base_url();
        let text = self.base_url.as_deref().unwrap_or(of_cloud);
        base_url::parse(text, Cloud::Commercial.base_url())
            .and_then(|url| base_url::without(url, COMMON_PATH))
            .map_err(|problem| Error::configuration(format!("base URL: {problem}")))
    }

    fn config(&self, tokens: Tokens) -> Result<Config, Error> {
        Ok(Config {
            locale: headers::locale(&self.locale).map_err(Error::configuration)?,
            ids: Ids::default(),
            tokens,
            limit: Limit::new(self.concurrent_calls, self.pace)?,
            observer: self.observer.clone(),
            writes: WriteOrder::default(),
            retry: self.retry,
            attempt_timeout: self.http.timeout,
            retry_ambiguous_writes: self.retry_ambiguous_writes,
            timeout: self.timeout,
            #[cfg(feature = "mock")]
            transport: self.transport.clone(),
            #[cfg(feature = "recorder")]
            recorder: self.recorder.clone(),
            max_response_bytes: self.max_response_bytes,
        })
    }
}
