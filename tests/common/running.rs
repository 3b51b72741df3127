//! The program while it runs: what it has said so far, signals to it, and its end.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Run;

/// Longer than anything takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How many lines of each stream a failed test tells.
const TOLD: usize = 12;

const PACE: Duration = Duration::from_millis(20);

/// A run of the program that may not have ended. It ends with the test.
pub struct Running {
    child: Child,
    said: Heard,
    complained: Heard,
}

/// Starts the program in `folder`.
pub fn start(folder: &Path, args: &[&str]) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postilla"));
    command.args(args).current_dir(folder);
    Running::spawn(command)
}

/// The same, by somebody whom rights bind: the superuser lends the archive at `root`, and a copy of the program, to nobody.
#[cfg(unix)]
pub fn unprivileged(root: &Path, args: &[&str]) -> Running {
    use std::os::unix::fs::{MetadataExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;

    if tempfile::tempdir().unwrap().path().metadata().unwrap().uid() != 0 {
        return start(root, args);
    }
    let program = root.join("program");
    // Copied by another process: a program that is open for writing here, or in what is being started, cannot run.
    let copied = Command::new("cp").args([Path::new(env!("CARGO_BIN_EXE_postilla")), &program]).status().unwrap();
    assert!(copied.success());
    rights(root, 0o755);
    chown(root, Some(NOBODY), Some(NOBODY)).unwrap();
    let mut command = Command::new(program);
    command.args(args).current_dir(root).uid(NOBODY).gid(NOBODY);
    Running::spawn(command)
}

#[cfg(unix)]
pub fn rights(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Waits until something holds, and fails with `what` and `told` if that takes too long.
#[track_caller]
pub fn until(what: &str, mut holds: impl FnMut() -> bool, told: impl FnOnce() -> String) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < PATIENCE, "{what} did not come about\n{}", told());
        thread::sleep(PACE);
    }
}

impl Running {
    pub fn spawn(mut command: Command) -> Self {
        let mut child =
            command.env_remove("RAYON_NUM_THREADS").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Heard::from(child.stdout.take().unwrap());
        let complained = Heard::from(child.stderr.take().unwrap());
        Self { child, said, complained }
    }

    /// The lines of stdout until now.
    pub fn said(&self) -> Vec<String> {
        self.said.until_now()
    }

    /// The lines of stderr until now.
    pub fn complained(&self) -> Vec<String> {
        self.complained.until_now()
    }

    /// Waits until a line of either stream holds `words`; gives the line.
    #[track_caller]
    pub fn says(&self, words: &str) -> String {
        self.says_times(words, 1)
    }

    /// Waits until `times` lines hold `words`; gives the last of them.
    #[track_caller]
    pub fn says_times(&self, words: &str, times: usize) -> String {
        let mut found = None;
        until(
            &format!("`{words}`, {times} times,"),
            || {
                let lines: Vec<String> = self.said().into_iter().chain(self.complained()).filter(|line| line.contains(words)).collect();
                found = lines.get(times - 1).cloned();
                found.is_some()
            },
            || self.all(),
        );
        found.unwrap()
    }

    /// How many lines hold `words` until now.
    pub fn count(&self, words: &str) -> usize {
        self.said().iter().chain(&self.complained()).filter(|line| line.contains(words)).count()
    }

    /// All that it has written.
    pub fn all(&self) -> String {
        all(&self.said, &self.complained)
    }

    pub fn is_over(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    #[cfg(unix)]
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success(), "the program is over already\n{}", self.all());
    }

    /// Waits for the end.
    #[track_caller]
    pub fn end(mut self) -> Run {
        let mut status = None;
        until(
            "the end",
            || {
                status = self.child.try_wait().unwrap();
                status.is_some()
            },
            || all(&self.said, &self.complained),
        );
        let text = |heard: &mut Heard| {
            heard.reader.take().unwrap().join().unwrap();
            heard.until_now().join("\n")
        };
        Run { code: status.unwrap().code().unwrap_or(-1), stdout: text(&mut self.said), stderr: text(&mut self.complained) }
    }

    /// Ends it as Ctrl-C does, and says how long that took.
    #[cfg(unix)]
    #[track_caller]
    pub fn interrupt(self) -> (Run, Duration) {
        self.signal("INT");
        let begin = Instant::now();
        let run = self.end();
        (run, begin.elapsed())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines of a stream, as they come.
struct Heard {
    lines: Arc<Mutex<Vec<String>>>,
    reader: Option<JoinHandle<()>>,
}

impl Heard {
    fn from(stream: impl Read + Send + 'static) -> Self {
        let lines: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = Arc::clone(&lines);
        let reader = thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                kept.lock().unwrap().push(line);
            }
        });
        Self { lines, reader: Some(reader) }
    }

    fn until_now(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

fn all(said: &Heard, complained: &Heard) -> String {
    let last = |heard: &Heard| {
        let lines = heard.until_now();
        lines[lines.len().saturating_sub(TOLD)..].join("\n")
    };
    format!("the last lines of stdout:\n{}\nof stderr:\n{}", last(said), last(complained))
}
