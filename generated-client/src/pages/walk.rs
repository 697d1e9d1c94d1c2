//! Reads a collection page by page.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use reqwest::RequestBuilder;

use super::trail::Trail;
use crate::{
    call::OperationInfo,
    client::Client,
    error::Error,
    head::Head,
    link::{self, InvalidLink, PageRequest},
    model::Collection,
    response_value::ResponseValue,
    send,
};

/// The progress from the first page of a collection to the last.
pub(super) struct Walk<P> {
    source: Source,
    load: Load<P>,
    /// The request for the next page, or the error with which the walk ends.
    next: Option<Result<PageRequest, Error>>,
    loading: Option<Loading<P>>,
    trail: Trail,
}

/// Calls the operation for one page.
type Load<P> = fn(Source, PageRequest) -> Loading<P>;

type Loading<P> = Pin<Box<dyn Future<Output = Result<Loaded<P>, Error>> + Send>>;

/// A page, and the request for the next one.
pub(super) struct Loaded<P> {
    page: P,
    next: Result<Option<PageRequest>, InvalidLink>,
    /// The response without its body, for the error of an invalid link.
    head: Box<Head>,
}

impl<P> Walk<P> {
    pub(super) fn new(
        source: Source,
        request: Result<RequestBuilder, Error>,
        load: Load<P>,
    ) -> Self {
        let first = request.and_then(|request| send::build(request, &source.operation));
        let first = first.map(|request| PageRequest::first(&request));
        let trail = first.as_ref().map(Trail::from).unwrap_or_default();
        Self { source, load, next: Some(first), loading: None, trail }
    }

    /// Returns a walk through the same pages that returns them in another form.
    pub(super) fn reading<Q>(self, load: Load<Q>) -> Walk<Q> {
        let Self { source, next, trail, .. } = self;
        Walk { source, load, next, loading: None, trail }
    }

    pub(super) fn operation(&self) -> &OperationInfo {
        &self.source.operation
    }

    pub(super) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<P, Error>>> {
        loop {
            if let Some(loading) = &mut self.loading {
                let loaded = ready!(loading.as_mut().poll(context));
                self.loading = None;
                return Poll::Ready(Some(loaded.map(|loaded| self.advance(loaded))));
            }
            match self.next.take() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(request)) => self.request(request),
            }
        }
    }

    fn request(&mut self, request: PageRequest) {
        self.loading = Some((self.load)(self.source.clone(), request));
        // A request ID identifies one call, so only the call for the first page has it.
        self.source.client.inner.ids.forget_request();
    }

    /// Returns a page, and stores the next request or the error for the page's link.
    fn advance(&mut self, loaded: Loaded<P>) -> P {
        let Loaded { page, next, head } = loaded;
        let next = next.and_then(|next| match next {
            Some(next) if !self.trail.add(&next) => Err(InvalidLink::Repeated),
            next => Ok(next),
        });
        self.next = next.map_err(|problem| Error::invalid_link(head, &problem)).transpose();
        page
    }
}

/// Calls the operation that returns the pages.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) client: Client,
    pub(super) operation: OperationInfo,
    /// Returns whether the document declares a status as success.
    pub(super) is_success: fn(u16) -> bool,
}

#[allow(dead_code, reason = "a document may have no operation with pages")]
impl Source {
    pub(super) async fn page<C: Collection>(
        self,
        request: PageRequest,
    ) -> Result<Loaded<ResponseValue<C>>, Error> {
        let make_request = || Ok(request.to_request());
        let response = self.client.exec_as_is(&make_request, &self.operation).await?;
        if !(self.is_success)(response.status().as_u16()) {
            return Err(Error::unexpected_response(response));
        }
        let page = ResponseValue::<C>::from_response(response).await?;
        let base = self.client.baseurl.url();
        let next = link::next(page.links());
        let next = next.and_then(|link| link.map(|link| request.follow(&link, base)).transpose());
        Ok(Loaded { next, head: page.head(), page })
    }

    pub(super) async fn items<C: Collection>(
        self,
        request: PageRequest,
    ) -> Result<Loaded<Vec<C::Item>>, Error> {
        let Loaded { page, next, head } = self.page::<C>(request).await?;
        Ok(Loaded { page: page.into_inner().into_items(), next, head })
    }
}
