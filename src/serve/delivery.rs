//! A file on its way, whole, in part or not at all when the browser has it already (RFC 9110, 13 and 14).

use std::io::{self, ErrorKind, SeekFrom};
use std::ops::RangeInclusive;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use headers::{AcceptRanges, ContentLength, ContentRange, ETag, HeaderMapExt, IfNoneMatch, IfRange};
use http_range_header::parse_range_header;
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::look::{self, Shown};
use super::{Served, guard, kind, version};

/// How much of a file on the disk is in memory for one reader.
const CHUNK: usize = 64 * 1024;

/// The answer that shows a file, or why it cannot be read; `None` when it is gone from the disk.
pub(super) async fn deliver(shown: &Shown, request: &Parts) -> Option<Response> {
    match Source::open(&shown.file).await {
        Ok(source) => send(source?, shown, request).await,
        Err(refused) => {
            let instead = look::unreadable(&shown.path, &refused);
            send(Source::open(&instead.file).await.ok()??, &instead, request).await
        }
    }
}

async fn send(source: Source, shown: &Shown, request: &Parts) -> Option<Response> {
    let mut response = match shown.status {
        StatusCode::OK => answer(source, request).await?,
        status => (status, source.whole()).into_response(),
    };
    if let Ok(kind) = kind::content_type(&shown.path).parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    Some(response)
}

/// A file that is open: when it is replaced meanwhile, it is still the old one to its end.
struct Source {
    content: Content,
    length: u64,
    version: String,
}

enum Content {
    Memory(Bytes),
    Disk(File),
}

impl Source {
    /// `None` when there is no such file any more.
    async fn open(file: &Served) -> io::Result<Option<Self>> {
        let path = match file {
            Served::Memory(bytes) => {
                let (length, version) = (bytes.len() as u64, version::of_bytes(bytes));
                return Ok(Some(Self { content: Content::Memory(bytes.clone()), length, version }));
            }
            Served::Disk(path) => path,
        };
        // Looked at before it is opened: to open a pipe would be to wait for its writer.
        match fs::metadata(path).await {
            Ok(seen) if seen.is_file() => {}
            Err(refused) if !is_gone(&refused) => return Err(refused),
            _ => return Ok(None),
        }
        let file = match File::open(path).await {
            Err(refused) if is_gone(&refused) => return Ok(None),
            opened => opened?,
        };
        let seen = file.metadata().await?;
        let version = version::of_disk(seen.len(), seen.modified(), version::own(&seen));
        Ok(Some(Self { content: Content::Disk(file), length: seen.len(), version }))
    }

    fn whole(self) -> Response {
        match self.content {
            Content::Memory(bytes) => Body::from(bytes).into_response(),
            Content::Disk(file) => stream(file, self.length),
        }
    }

    async fn part(self, wanted: &RangeInclusive<u64>) -> Option<Response> {
        let (start, length) = (*wanted.start(), wanted.end() - wanted.start() + 1);
        match self.content {
            Content::Memory(bytes) => {
                let (start, end) = (usize::try_from(start).ok()?, usize::try_from(start + length).ok()?);
                Some(Body::from(bytes.slice(start..end)).into_response())
            }
            Content::Disk(mut file) => {
                file.seek(SeekFrom::Start(start)).await.ok()?;
                Some(stream(file, length))
            }
        }
    }
}

/// Whether nothing stands there any more, rather than something that cannot be read.
pub(super) fn is_gone(refused: &io::Error) -> bool {
    matches!(refused.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory)
}

fn stream(file: File, length: u64) -> Response {
    let mut response = Body::from_stream(ReaderStream::with_capacity(file.take(length), CHUNK)).into_response();
    response.headers_mut().typed_insert(ContentLength(length));
    response
}

async fn answer(source: Source, request: &Parts) -> Option<Response> {
    let etag: ETag = format!("\"{}\"", source.version).parse().ok()?;
    let fresh = request.headers.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(&etag));
    let length = source.length;
    let mut response = if fresh {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match wanted(request, &etag, length) {
            Wanted::Whole => source.whole(),
            Wanted::Part(part) => {
                let mut response = (StatusCode::PARTIAL_CONTENT, source.part(&part).await?).into_response();
                response.headers_mut().typed_insert(ContentRange::bytes(part, length).ok()?);
                response
            }
            Wanted::Beyond => {
                let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
                response.headers_mut().typed_insert(ContentRange::unsatisfied_bytes(length));
                response
            }
        }
    };
    response.headers_mut().typed_insert(etag);
    response.headers_mut().typed_insert(AcceptRanges::bytes());
    Some(response)
}

enum Wanted {
    Whole,
    Part(RangeInclusive<u64>),
    /// Behind the end.
    Beyond,
}

/// Several parts at once, or what is no range, may be answered with the whole, and are.
fn wanted(request: &Parts, etag: &ETag, length: u64) -> Wanted {
    let changed = request.headers.contains_key(header::IF_RANGE)
        && request.headers.typed_get::<IfRange>().is_none_or(|known| known.is_modified(Some(etag), None));
    if request.method != Method::GET || changed {
        return Wanted::Whole;
    }
    let ranges = guard::only(&request.headers, header::RANGE).and_then(|range| parse_range_header(range).ok());
    match ranges.filter(|ranges| ranges.len() == 1).map(|ranges| ranges.validate(length)) {
        Some(Ok(parts)) => parts.into_iter().next().map_or(Wanted::Whole, Wanted::Part),
        Some(Err(_)) => Wanted::Beyond,
        None => Wanted::Whole,
    }
}
