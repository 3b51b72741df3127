//! Where formats write: a pipe, a file that waits beside its place, or a folder whose files are placed together.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::base::{Error, OutputPath};
use crate::export::Outlet;
use crate::publish::{Draft, Publisher, Waiting};

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
