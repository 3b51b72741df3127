//! On a real disk. What must come is waited for generously; what must not come, briefly.

#[cfg(unix)]
mod links;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::*;

const GENEROUS: Duration = Duration::from_secs(20);
const BRIEF: Duration = Duration::from_millis(200);
const PAUSE: Duration = Duration::from_millis(50);

/// An archive with an article, and a watcher that has nothing left to say.
struct Field {
    _disk: TempDir,
    root: PathBuf,
    watcher: Watcher,
}

impl Field {
    fn new() -> Self {
        Self::prepared(|_| {})
    }

    fn prepared(prepare: impl FnOnce(&Path)) -> Self {
        let disk = tempfile::tempdir().unwrap();
        let root = disk.path().canonicalize().unwrap().join("archive");
        write(&root.join("content/articles/2025/a.md"), "a");
        prepare(&root);
        let watcher = Watcher::start(ground(&root), Way::Events);
        assert_eq!((watcher.way(), watcher.fallback()), (Way::Events, None));
        let mut field = Self { _disk: disk, root, watcher };
        field.settle();
        field
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn write(&self, path: &str) {
        write(&self.at(path), "new");
    }

    fn wakes(&mut self) -> bool {
        self.wakes_within(GENEROUS)
    }

    fn wakes_within(&mut self, at_most: Duration) -> bool {
        let begin = Instant::now();
        assert!(matches!(self.watcher.wait(Some(at_most)), Wake::Look(_)));
        begin.elapsed() < at_most
    }

    /// Until it is quiet; gives the looks until then.
    fn settle(&mut self) -> usize {
        self.settle_for(PAUSE)
    }

    fn settle_for(&mut self, quiet: Duration) -> usize {
        (0..100).take_while(|_| self.wakes_within(quiet)).count()
    }

    #[track_caller]
    fn check_wakes(&mut self, change: impl FnOnce(&Self)) {
        change(self);
        assert!(self.wakes(), "nothing was heard");
        self.settle();
    }

    #[track_caller]
    fn check_sleeps(&mut self, change: impl FnOnce(&Self)) {
        self.settle_for(BRIEF);
        change(self);
        assert!(!self.wakes_within(BRIEF), "it woke for nothing");
    }

    #[track_caller]
    fn check_saves_wake(&mut self, path: &str) {
        self.check_wakes(|field| field.write(path));
        self.check_wakes(|field| field.write(path));
    }
}

fn ground(root: &Path) -> Ground {
    let (git, public) = (root.join(".git"), root.join("static/public"));
    Ground {
        folders: ["content/articles", "static", "templates"].iter().map(|folder| root.join(folder)).collect(),
        files: vec![root.join("postilla.toml")],
        noise: Box::new(move |path| path.starts_with(&git) || path.starts_with(&public)),
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn remove(path: &Path) {
    if path.symlink_metadata().unwrap().is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
}

#[test]
fn a_single_save_wakes_soon() {
    let mut field = Field::new();
    // The fastest of some: the machine may be busy with something else.
    let mut save = || {
        field.write("content/articles/2025/a.md");
        let begin = Instant::now();
        assert!(field.wakes());
        let took = begin.elapsed();
        field.settle();
        took
    };
    let fastest = (0..5).map(|_| save()).min().unwrap();
    assert!(fastest < Duration::from_millis(80), "{fastest:?}");
}

#[test]
fn a_save_by_renaming_wakes_once() {
    let mut field = Field::new();
    write(&field.at("content/articles/2025/.a.md.new"), "b");
    fs::rename(field.at("content/articles/2025/.a.md.new"), field.at("content/articles/2025/a.md")).unwrap();
    assert!(field.wakes());
    assert_eq!(field.settle_for(BRIEF), 0);
}

#[test]
fn a_burst_is_one_look_or_two() {
    let mut field = Field::new();
    let root = field.root.clone();
    let checkout = thread::spawn(move || {
        let begin = Instant::now();
        for number in 0..500 {
            write(&root.join(format!("content/articles/{}/{number}.md", number % 7)), "text");
        }
        begin.elapsed()
    });
    assert!(field.wakes());
    let more = field.settle_for(BRIEF);
    // On a busy disk the writing itself takes long and pauses.
    let pauses = checkout.join().unwrap().as_millis() / 250;
    assert!(more <= 1 + usize::try_from(pauses).unwrap(), "{more} more looks, {pauses} pauses");
    field.settle_for(BRIEF);
    field.check_saves_wake("content/articles/3/10.md");
}

#[test]
fn what_happens_between_waits_is_kept() {
    let mut field = Field::new();
    field.write("content/articles/2025/a.md");
    thread::sleep(BRIEF);
    assert!(field.wakes());
}

#[test]
fn reading_does_not_wake() {
    let mut field = Field::new();
    field.check_sleeps(|field| {
        fs::read(field.at("content/articles/2025/a.md")).unwrap();
        assert_eq!(fs::read_dir(field.at("content/articles/2025")).unwrap().count(), 1);
    });
}

#[test]
fn noise_does_not_wake() {
    let mut field = Field::prepared(|root| write(&root.join("static/public/index.html"), "a"));
    field.check_sleeps(|field| field.write("static/public/index.html"));
    field.check_sleeps(|field| field.write("static/public/new/index.html"));
    field.check_sleeps(|field| field.write(".git/index"));
    field.check_sleeps(|field| field.write("README.md"));
    field.check_sleeps(|field| field.write("content/notes/x.md"));
}

#[test]
fn a_single_file_wakes_when_it_comes_changes_and_goes() {
    let mut field = Field::new();
    field.check_saves_wake("postilla.toml");
    field.check_wakes(|field| remove(&field.at("postilla.toml")));
    field.check_saves_wake("postilla.toml");
}

#[test]
fn a_folder_that_comes_late_is_watched() {
    let mut field = Field::new();
    field.check_wakes(|field| fs::create_dir(field.at("static")).unwrap());
    field.check_saves_wake("static/logo.svg");
    field.check_saves_wake("templates/partials/deep/note.html");
    field.check_saves_wake("content/articles/2026/05/b.md");
}

#[test]
fn folders_that_come_one_in_the_other_are_watched() {
    let mut field = Field::new();
    for round in 0..5 {
        let path = format!("content/articles/{round}/b/c/d/e");
        field.check_wakes(|field| fs::create_dir_all(field.at(&path)).unwrap());
        field.check_wakes(|field| field.write(&format!("{path}/x.md")));
    }
}

#[test]
fn a_root_that_goes_and_comes_again_is_watched() {
    let mut field = Field::new();
    for folder in ["content/articles", "content", "."] {
        let folder = field.root.join(folder).components().collect::<PathBuf>();
        field.check_wakes(|_| remove(&folder));
        field.check_wakes(|field| field.write("content/articles/2025/a.md"));
        field.check_saves_wake("content/articles/2025/a.md");
        remove(&folder);
        field.write("content/articles/2025/a.md");
        assert!(field.wakes());
        field.settle();
        field.check_saves_wake("content/articles/2025/a.md");
    }
}

#[test]
fn nothing_need_be_there_at_first() {
    let mut field = Field::prepared(remove);
    field.check_saves_wake("content/articles/2025/a.md");
    field.check_saves_wake("postilla.toml");
}

#[test]
fn a_folder_is_watched_under_its_new_name() {
    let mut field = Field::new();
    let rename = |from: &str, to: &str| {
        let (from, to) = (from.to_owned(), to.to_owned());
        move |field: &Field| fs::rename(field.at(&from), field.at(&to)).unwrap()
    };
    field.check_wakes(rename("content/articles/2025", "content/articles/2026"));
    field.check_saves_wake("content/articles/2026/a.md");
    field.check_saves_wake("content/articles/2025/a.md");
    field.check_wakes(rename("content", "old"));
    field.check_sleeps(|field| field.write("old/articles/2026/a.md"));
    field.check_wakes(rename("old", "content"));
    field.check_saves_wake("content/articles/2026/a.md");
}

#[test]
fn a_folder_moved_away_and_made_anew_is_watched() {
    let mut field = Field::new();
    for round in 0..4 {
        fs::rename(field.at("content/articles/2025"), field.at(&format!("content/articles/old{round}"))).unwrap();
        field.write("content/articles/2025/a.md");
        assert!(field.wakes());
        field.settle();
        field.check_saves_wake("content/articles/2025/a.md");
        field.check_saves_wake(&format!("content/articles/old{round}/a.md"));
    }
}

#[test]
#[cfg(unix)]
fn a_change_of_rights_wakes() {
    use std::os::unix::fs::PermissionsExt;
    let mut field = Field::new();
    let allow = |mode: u32| {
        move |field: &Field| fs::set_permissions(field.at("content/articles/2025/a.md"), fs::Permissions::from_mode(mode)).unwrap()
    };
    field.check_wakes(allow(0o000));
    field.check_wakes(allow(0o644));
}

#[test]
fn lost_events_are_a_look_and_a_new_beginning() {
    let mut field = Field::new();
    let lost = notify::Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan);
    field.watcher.sender.send(Sign::Event(lost)).unwrap();
    assert!(field.wakes());
    field.settle();
    field.check_saves_wake("content/articles/2025/a.md");
}

#[test]
fn another_ground_is_a_look_only_where_it_is_new() {
    let mut field = Field::new();
    let same = ground(&field.root);
    field.settle_for(BRIEF);
    field.watcher.move_to(same);
    assert!(!field.wakes_within(BRIEF));
    let pages = field.at("content/pages");
    write(&pages.join("p.md"), "p");
    field.settle();
    let wider = Ground { folders: vec![pages], ..ground(&field.root) };
    field.watcher.move_to(wider);
    assert!(field.wakes());
    field.settle();
    field.check_saves_wake("content/pages/p.md");
    field.check_sleeps(|field| field.write("content/articles/2025/a.md"));
}

#[test]
fn the_longest_wait_is_kept_to() {
    let mut field = Field::new();
    field.settle_for(BRIEF);
    let begin = Instant::now();
    assert!(matches!(field.watcher.wait(Some(BRIEF)), Wake::Look(_)));
    assert!(begin.elapsed() >= BRIEF);
}

#[test]
fn polling_looks_after_each_interval() {
    let field = Field::new();
    let mut watcher = Watcher::start(ground(&field.root), Way::Poll(BRIEF));
    assert_eq!((watcher.way(), watcher.fallback()), (Way::Poll(BRIEF), None));
    let begin = Instant::now();
    assert!(matches!(watcher.wait(Some(GENEROUS)), Wake::Look(_)));
    assert!((BRIEF..GENEROUS).contains(&begin.elapsed()));
    assert!(matches!(watcher.wait(Some(Duration::ZERO)), Wake::Look(_)));
}

#[test]
fn a_fallback_polls_and_says_why() {
    let mut field = Field::new();
    field.watcher.stand = Stand::fall_back("the reason".to_owned());
    assert_eq!((field.watcher.way(), field.watcher.fallback()), (Way::Poll(FALLBACK_POLL), Some("the reason")));
    assert!(field.wakes());
    let same = ground(&field.root);
    field.watcher.move_to(same);
    assert_eq!((field.watcher.way(), field.watcher.fallback()), (Way::Events, None));
    assert!(field.wakes());
}

#[test]
fn the_stop_ends_every_wait_at_once() {
    for way in [Way::Events, Way::Poll(GENEROUS)] {
        let disk = tempfile::tempdir().unwrap();
        let mut watcher = Watcher::start(ground(disk.path()), way);
        let stopper = watcher.stopper();
        let begin = Instant::now();
        let stopping = thread::spawn(move || {
            thread::sleep(BRIEF);
            stopper.clone().stop();
        });
        assert_eq!(watcher.wait(None), Wake::Stop);
        assert!(begin.elapsed() < GENEROUS);
        assert_eq!(watcher.wait(Some(GENEROUS)), Wake::Stop);
        stopping.join().unwrap();
    }
}

#[test]
fn a_single_save_says_where_to_look_and_a_new_folder_does_not() {
    let mut field = Field::new();
    field.settle_for(BRIEF);
    field.write("content/articles/2025/a.md");
    let saved = field.at("content/articles/2025/a.md");
    assert_eq!(field.watcher.wait(Some(GENEROUS)), Wake::Look(Hints::At(vec![saved])));
    field.settle_for(BRIEF);
    fs::create_dir(field.at("content/articles/2026")).unwrap();
    assert_eq!(field.watcher.wait(Some(GENEROUS)), Wake::Look(Hints::Everywhere));
}
