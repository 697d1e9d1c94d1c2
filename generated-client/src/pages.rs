//! Streams of the pages of a collection, and of their items.

mod trail;
mod walk;

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;
use reqwest::RequestBuilder;

use self::walk::{Source, Walk};
use crate::{
    call::OperationInfo, client::Client, error::Error, model::Collection,
    response_value::ResponseValue,
};

/// A stream of the pages of a collection, from the first to the last.
///
/// The methods of [`Client`] whose names end with `_pages` return it. Each page is requested when the stream is polled
/// for it; nothing is sent before that. Each page is a separate call, with retries, a timeout, limits and IDs like any
/// other call of the client. A correlation ID from [`with_correlation_id`](Client::with_correlation_id) is the same for
/// all pages, but a request ID from [`with_request_id`](Client::with_request_id) is used only for the first page.
///
/// It is a [`Stream`], but you can also read it with [`next`](Self::next), which needs no other crate:
///
/// ```
/// # use partner_center_client::{Error, Pages, types};
/// # async fn run(mut pages: Pages<types::CustomerUsageRecordCollection>) -> Result<(), Error> {
/// while let Some(page) = pages.next().await {
///     let page = page?;
///     println!("{} items, request ID {}", page.items.len(), page.request_id());
/// }
/// # Ok(())
/// # }
/// ```
///
/// After an error, the stream ends. Dropping the stream cancels the call in progress.
///
/// # Links
///
/// The stream follows `links.next` of each page, and ends after a page on which that link is absent or null, whether or
/// not the page has a `continuationToken`. Microsoft's .NET SDK does the same. A page without items does not end the
/// stream. A link determines the query of the next request and its continuation token. It must meet these conditions:
///
/// - Its URL has the server and the path of the operation. It can be relative, and can omit the version of the path,
///   such as `/v1`.
/// - Its method is `GET`.
/// - Its headers are `MS-ContinuationToken`, `x-ms-continuation` or `x-ms-continuation-token`.
/// - It does not point back to an earlier page.
///
/// For any other link, the stream ends with an [`ErrorKind::InvalidLink`](crate::ErrorKind::InvalidLink), after the
/// page that contains it.
#[must_use = "a stream sends nothing until it is polled"]
pub struct Pages<C> {
    walk: Walk<ResponseValue<C>>,
}

/// A stream of the items of a collection, from the first page to the last.
///
/// The methods of [`Client`] whose names end with `_items` return it. It keeps one page in memory at a time, and
/// requests the next page after the last item of that page. In all other respects, it behaves like [`Pages`].
///
/// ```
/// # use partner_center_client::{Error, Items, types};
/// # async fn run(mut items: Items<types::CustomerMonthlyUsageRecord>) -> Result<(), Error> {
/// while let Some(item) = items.next().await {
///     println!("{:?}", item?.resource_name);
/// }
/// # Ok(())
/// # }
/// ```
///
/// An error is the last item. It means that the list of items before it is incomplete.
#[must_use = "a stream sends nothing until it is polled"]
pub struct Items<T> {
    walk: Walk<Vec<T>>,
    items: vec::IntoIter<T>,
}

#[allow(dead_code, reason = "a document may have no operation with pages")]
impl<C> Pages<C> {
    /// Returns the pages of an operation, given the request for the first page and a function that recognizes the
    /// documented success statuses.
    pub(crate) fn new(
        client: &Client,
        operation: &OperationInfo,
        request: impl FnOnce() -> Result<RequestBuilder, Error>,
        is_success: fn(u16) -> bool,
    ) -> Self
    where
        C: Collection,
    {
        let (client, operation) = (client.clone(), *operation);
        let source = Source { client, operation, is_success };
        let load = |source: Source, request| Box::pin(source.page::<C>(request)) as _;
        Self { walk: Walk::new(source, request(), load) }
    }

    /// Returns the items of the pages, of which none must have been polled yet.
    pub(crate) fn items(self) -> Items<C::Item>
    where
        C: Collection,
    {
        let load = |source: Source, request| Box::pin(source.items::<C>(request)) as _;
        Items { walk: self.walk.reading(load), items: Vec::new().into_iter() }
    }
}

impl<C> Pages<C> {
    /// Returns the next page; `None` after the last page and after an error.
    ///
    /// If the returned future is dropped, the next call of `next` continues with the same page. Until then, the request
    /// for that page counts as a [concurrent call](crate::ClientBuilder::concurrent_calls) if it has begun.
    pub async fn next(&mut self) -> Option<Result<ResponseValue<C>, Error>> {
        poll_fn(|context| self.walk.poll_next(context)).await
    }
}

impl<T> Items<T> {
    /// Returns the next item; `None` after the last item and after an error.
    ///
    /// If the returned future is dropped, the next call of `next` continues with the same item. Until then, the request
    /// for its page counts as a [concurrent call](crate::ClientBuilder::concurrent_calls) if it has begun.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.walk.poll_next(context)) {
                Some(Ok(items)) => self.items = items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<C> Unpin for Pages<C> {}

impl<T> Unpin for Items<T> {}

impl<C> Stream for Pages<C> {
    type Item = Result<ResponseValue<C>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.walk.poll_next(context)
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.items.len(), None)
    }
}

/// Omits the requests, because a continuation token may be a secret.
impl<C> fmt::Debug for Pages<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.walk.operation().operation_id;
        f.debug_struct("Pages").field("operation", &operation).finish_non_exhaustive()
    }
}

/// Omits the requests, because a continuation token may be a secret.
impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.walk.operation().operation_id;
        f.debug_struct("Items").field("operation", &operation).finish_non_exhaustive()
    }
}
