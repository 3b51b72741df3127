//! What a place in the site shows. There is always something: the file, the site's page for what is missing, or a
//! page of the preview's own.

use std::io;

use axum::body::Bytes;
use axum::http::StatusCode;
use html_escape::encode_text;

use super::{Lack, Served, Shelf};

const MISSING: &str = "404.html";

const NO_SUCH_PAGE: &[u8] = b"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not found</title>\n\
    <body>\n<h1>Not found</h1>\n<p>The site has no such page.</p>\n</body>\n</html>\n";

const NOT_BUILT: &[u8] = b"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>No site yet</title>\n\
    <body>\n<h1>No site yet</h1>\n<p>The page comes as soon as the archive has no errors.</p>\n</body>\n</html>\n";

const FAILED: (&str, &str) = (
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>This page cannot be made</title>\n<body>\n\
     <h1>This page cannot be made</h1>\n<pre>",
    "</pre>\n<p>It comes as soon as that is mended.</p>\n</body>\n</html>\n",
);

/// What is found at a place.
pub(super) enum Look {
    /// This is shown.
    At(Shown),
    /// A page lies there, but as a folder: its address ends with a slash.
    Folder,
}

/// A file and how it is shown.
pub(super) struct Shown {
    /// 200, or why it is not what was asked for.
    pub status: StatusCode,
    /// The path by which its kind is known.
    pub path: String,
    /// The file.
    pub file: Served,
}

/// Looks at `place`, a plain one; `None` lies outside the site.
pub(super) fn look(shelf: &dyn Shelf, place: Option<&str>) -> Look {
    let Some(place) = place else { return Look::At(missing(shelf)) };
    let is_folder = place.is_empty() || place.ends_with('/');
    let path = if is_folder { format!("{place}index.html") } else { place.to_owned() };
    match shelf.file(&path) {
        Ok(file) => return Look::At(Shown { status: StatusCode::OK, path, file }),
        Err(Lack::Failed(why)) => return Look::At(failed(StatusCode::INTERNAL_SERVER_ERROR, &why)),
        Err(Lack::NoSuch) => {}
    }
    if !is_folder && is_known(shelf, &format!("{place}/index.html")) {
        return Look::Folder;
    }
    Look::At(missing(shelf))
}

/// What is shown where nothing is.
pub(super) fn missing(shelf: &dyn Shelf) -> Shown {
    let (status, file) = match shelf.file(MISSING) {
        Ok(file) => (StatusCode::NOT_FOUND, file),
        Err(Lack::Failed(why)) => return failed(StatusCode::NOT_FOUND, &why),
        Err(Lack::NoSuch) if is_known(shelf, "index.html") => return no_such_page(),
        Err(Lack::NoSuch) => (StatusCode::SERVICE_UNAVAILABLE, Served::Memory(Bytes::from_static(NOT_BUILT))),
    };
    Shown { status, path: MISSING.to_owned(), file }
}

/// Where something stands that cannot be had, for these reasons.
pub(super) fn failed(status: StatusCode, why: &str) -> Shown {
    let page = [FAILED.0, &encode_text(why), FAILED.1].concat();
    Shown { status, path: "500.html".to_owned(), file: Served::Memory(page.into()) }
}

/// Where a file stands that the disk refuses.
pub(super) fn unreadable(path: &str, refused: &io::Error) -> Shown {
    failed(StatusCode::INTERNAL_SERVER_ERROR, &format!("the file behind `{path}` cannot be read: {refused}"))
}

fn is_known(shelf: &dyn Shelf, path: &str) -> bool {
    shelf.file(path) != Err(Lack::NoSuch)
}

/// Where even the page for what is missing is gone.
pub(super) fn no_such_page() -> Shown {
    Shown { status: StatusCode::NOT_FOUND, path: MISSING.to_owned(), file: Served::Memory(Bytes::from_static(NO_SUCH_PAGE)) }
}
