//! Where formats write: a pipe, a file that waits beside its place, or a folder whose files are placed together.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::base::{Error, OutputPath};
use crate::export::{Desk, Listed, Outlet, croissant, package};
use crate::publish::{self, Draft, Publisher, Sum, Waiting};

/// Out of the program.
pub struct Pipe(pub Mutex<Option<Box<dyn Write + Send>>>);

/// Into one file.
pub struct Single(pub Draft);

/// Into a folder, or a folder of a site.
pub struct Folder<'p> {
    publisher: &'p Publisher,
    /// What stands before every name.
    below: &'p str,
    waiting: Mutex<Vec<Waiting>>,
}

/// Writers are many in a folder, and what they are given is small.
const BUFFER: usize = 128 * 1024;

fn pretty(document: &Value) -> String {
    format!("{document:#}\n")
}

fn plain(error: Error) -> io::Error {
    io::Error::other(error)
}

impl Outlet for Pipe {
    fn create(&self, _: &str) -> io::Result<Box<dyn Write + Send>> {
        let out = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        out.map(|out| Box::new(BufWriter::with_capacity(BUFFER, out)) as Box<dyn Write + Send>)
            .ok_or_else(|| io::Error::other("a pipe takes one file"))
    }

    fn reserve(&self, _: &str) -> io::Result<PathBuf> {
        Err(io::Error::other("it cannot be written to a pipe"))
    }
}

impl Outlet for Single {
    fn create(&self, _: &str) -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(BufWriter::with_capacity(BUFFER, self.0.open().map_err(plain)?)))
    }

    fn reserve(&self, _: &str) -> io::Result<PathBuf> {
        Ok(self.0.path().to_owned())
    }
}

impl<'p> Folder<'p> {
    /// The folder `below` of a publisher's, with a closing slash.
    pub fn new(publisher: &'p Publisher, below: &'p str) -> Self {
        Self { publisher, below, waiting: Mutex::default() }
    }

    /// Writes what describes the files beside them: packages of data, and sums by which they can be checked.
    pub fn describe(&self, desk: &Desk<'_>) -> Result<(), Error> {
        let mut files = self.files(0)?;
        self.put("datapackage.json", &pretty(&package::frictionless(desk, &files)))?;
        self.put("croissant.json", &pretty(&croissant::metadata(desk, &files)))?;
        files.extend(self.files(files.len())?);
        self.put("checksums.txt", &package::checksums(&files))
    }

    /// The files that have been written after the first so many, by name.
    fn files(&self, after: usize) -> Result<Vec<Listed>, Error> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let listed = waiting.iter().skip(after).map(|file| {
            let Sum { bytes, sha256 } = publish::sum(&self.publisher.place_of(file))?;
            let name = file.path().as_str();
            Ok(Listed { name: name.strip_prefix(self.below).unwrap_or(name).to_owned(), bytes, sha256 })
        });
        let mut files = listed.collect::<Result<Vec<_>, Error>>()?;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    fn put(&self, name: &str, text: &str) -> Result<(), Error> {
        let written = self.create(name).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.flush()
        });
        written.map_err(Error::at("write", Path::new(name)))
    }

    /// Makes all files a part of what is published.
    pub fn adopt(self) -> Result<(), Error> {
        self.waiting.into_inner().unwrap_or_else(PoisonError::into_inner).iter().try_for_each(|waiting| self.publisher.adopt(waiting))
    }
}

impl Outlet for Folder<'_> {
    fn create(&self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(BufWriter::with_capacity(BUFFER, self.publisher.create(&self.reserve(name)?).map_err(plain)?)))
    }

    fn reserve(&self, name: &str) -> io::Result<PathBuf> {
        let path =
            OutputPath::new(&format!("{}{name}", self.below)).ok_or_else(|| io::Error::other(format!("`{name}` is no name of a file")))?;
        let waiting = self.publisher.draft(&path).map_err(plain)?;
        let place = self.publisher.place_of(&waiting);
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(waiting);
        Ok(place)
    }
}
