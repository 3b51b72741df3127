//! The pictures that texts show: measured when the archive is read, decoded when a smaller one is made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rapidhash::RapidHashMap;
use rayon::prelude::*;

use super::memo::Reading;
use crate::base::{Code, Diagnostic, Error, Fingerprint, Place, SourcePath};
use crate::picture::{self, Flaw, MOST_BYTES, Picture};
use crate::source::{File, Role, Snapshot, Stamp};

/// What files with the names of pictures gave, by path.
pub(super) type Wall = RapidHashMap<SourcePath, Hung>;

/// What such a file gave.
#[derive(Clone)]
pub(super) struct Hung {
    stamp: Stamp,
    /// Whether another content must have another stamp.
    sure: bool,
    picture: Option<Picture>,
    found: Option<Diagnostic>,
}

/// The endings of files that are read as pictures. A drawing in SVG has no head that tells its size.
const ENDINGS: [&str; 5] = ["gif", "jpeg", "jpg", "png", "webp"];

/// Measures those of the files that are `shown` as pictures.
pub(super) fn measured(
    reading: Reading<'_>,
    shown: &BTreeSet<&str>,
    wall: &mut Wall,
    found: &mut Vec<Diagnostic>,
) -> Result<BTreeMap<SourcePath, Picture>, Error> {
    let before = std::mem::take(wall);
    let files: Vec<&File> = shown.iter().filter_map(|path| reading.snapshot.get(path)).filter(|file| is_picture(file)).collect();
    let hung: Vec<Hung> = files.par_iter().map(|file| hang(reading, file, before.get(&file.path))).collect::<Result<_, Error>>()?;
    let mut pictures = BTreeMap::new();
    for (file, hung) in files.into_iter().zip(hung) {
        found.extend(hung.found.clone());
        pictures.extend(hung.picture.map(|picture| (file.path.clone(), picture)));
        wall.insert(file.path.clone(), hung);
    }
    Ok(pictures)
}

fn is_picture(file: &File) -> bool {
    let ending = file.path.name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(file.role, Role::Asset | Role::Static) && ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

fn hang(reading: Reading<'_>, file: &File, known: Option<&Hung>) -> Result<Hung, Error> {
    if let Some(known) = known.filter(|known| known.sure && known.stamp == file.stamp) {
        return Ok(known.clone());
    }
    let seen = match reading.snapshot.read_bytes(file, MOST_BYTES)? {
        Some(bytes) => picture::measure(&bytes),
        None => Err(Flaw::TooLarge(format!("it is larger than {} MiB", MOST_BYTES / (1024 * 1024)))),
    };
    let (picture, found) = match seen {
        Ok(picture) => (Some(picture), None),
        Err(flaw) => (None, Some(finding(&file.path, &flaw))),
    };
    Ok(Hung { stamp: file.stamp, sure: file.stamp.is_old(reading.at), picture, found })
}

/// What is wrong with the picture in `file`.
fn finding(file: &SourcePath, flaw: &Flaw) -> Diagnostic {
    let (name, place) = (file.name(), Place::whole(file));
    match flaw {
        Flaw::Broken(why) => Diagnostic::error(Code::BrokenPicture, place, format!("`{name}` cannot be read as a picture: {why}"))
            .help("export it again, or take it out of the text".to_owned()),
        Flaw::TooLarge(why) => Diagnostic::warning(Code::LargePicture, place, format!("`{name}` is copied as it is: {why}"))
            .help("readers wait for all of it: give a smaller one, and link to this".to_owned()),
    }
}

/// A picture as it was measured, and where it is.
#[derive(Clone, Copy)]
pub(super) struct Negative<'e> {
    pub(super) snapshot: &'e Snapshot,
    pub(super) file: &'e SourcePath,
    pub(super) picture: &'e Picture,
}

/// What became of it.
pub(super) enum Developed {
    /// What was wanted.
    Fine,
    /// Nothing: it is no picture after all.
    Flawed(Diagnostic),
    /// Nothing: its file holds something else by now.
    Changed,
}

/// Where smaller pictures are made.
#[derive(Default)]
pub(super) struct Darkroom {
    /// Large pictures are decoded one after the other, so that many processors do not fill the memory.
    large: Mutex<()>,
}

impl Darkroom {
    /// Makes a picture `width` pixels wide, into `buffer`.
    pub(super) fn smaller(&self, of: Negative<'_>, width: u32, buffer: &mut Vec<u8>) -> Result<Developed, Error> {
        self.develop(of, |bytes| picture::smaller(bytes, width).map(|webp| *buffer = webp))
    }

    /// Looks whether a smaller one can be made of a picture.
    pub(super) fn prove(&self, of: Negative<'_>) -> Result<Developed, Error> {
        self.develop(of, picture::decode)
    }

    fn develop(&self, of: Negative<'_>, work: impl FnOnce(&[u8]) -> Result<(), Flaw>) -> Result<Developed, Error> {
        let Negative { snapshot, file, picture } = of;
        let bytes = snapshot.get(file.as_str()).map(|file| snapshot.read_bytes(file, MOST_BYTES)).transpose()?.flatten();
        let Some(bytes) = bytes.filter(|bytes| Fingerprint::of(bytes) == picture.print) else { return Ok(Developed::Changed) };
        let _alone = picture.is_large().then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(work(&bytes).map_or_else(|flaw| Developed::Flawed(finding(file, &flaw)), |()| Developed::Fine))
    }
}
