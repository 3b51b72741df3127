//! The ways in which editors save.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::Walk;

impl Walk {
    /// Saves `text` in one way or another, and says in which.
    pub(super) fn save(&mut self, path: &Path, text: &str) -> String {
        match self.chance.below(6) {
            0 => in_place(path, text),
            1 => {
                let end = self.chance.of(&[".tmp", "~", ".swp", ".part"]).unwrap();
                by_renaming(path, text, &beside(path, end))
            }
            2 => by_renaming(path, text, &path.with_file_name(".goutputstream-MADEUP")),
            3 => as_vim(path, text),
            4 => {
                let pause = 5 + self.chance.below(76);
                in_halves(path, text, pause)
            }
            _ => {
                let pause = self.chance.below(10);
                anew(path, text, pause)
            }
        }
    }
}

fn in_place(path: &Path, text: &str) -> String {
    fs::write(path, text).unwrap();
    "saved".to_owned()
}

fn by_renaming(path: &Path, text: &str, temporary: &Path) -> String {
    fs::write(temporary, text).unwrap();
    fs::rename(temporary, path).unwrap();
    "saved by renaming".to_owned()
}

fn as_vim(path: &Path, text: &str) -> String {
    let (probe, backup) = (path.with_file_name("4913"), beside(path, "~"));
    fs::write(&probe, "").unwrap();
    fs::remove_file(&probe).unwrap();
    if path.exists() {
        fs::rename(path, &backup).unwrap();
    }
    fs::write(path, text).unwrap();
    let _ = fs::remove_file(&backup);
    "saved as vim does".to_owned()
}

fn in_halves(path: &Path, text: &str, pause: u64) -> String {
    let (first, second) = text.as_bytes().split_at(text.len() / 2);
    let mut file = File::create(path).unwrap();
    file.write_all(first).unwrap();
    thread::sleep(Duration::from_millis(pause));
    file.write_all(second).unwrap();
    format!("saved in two halves, {pause} ms apart")
}

fn anew(path: &Path, text: &str, pause: u64) -> String {
    let _ = fs::remove_file(path);
    thread::sleep(Duration::from_millis(pause));
    fs::write(path, text).unwrap();
    format!("deleted and, {pause} ms later, saved")
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}
