//! What each stage took: as a table for people, as JSON, or as a trace that `chrome://tracing`, Perfetto and Speedscope show
//! (the Trace Event Format of Chromium).

use std::fmt::Write;
use std::time::Duration;

use clap::ValueEnum;
use postilla::project::Stage;
use serde_json::{Value, json};

use crate::progress::name;

/// How timings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimingsFormat {
    /// A table, to stderr
    Table,
    /// One JSON object, to stdout
    Json,
    /// A trace for Perfetto and Chromium's tracing page, to stdout
    Trace,
}

/// What a stage took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// Which.
    pub stage: Stage,
    /// When it began, from the beginning of the run.
    pub begun: Duration,
    /// How long it took.
    pub wall: Duration,
    /// What it used; `None` where the system does not tell.
    pub used: Option<Used>,
}

/// What the process has used.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// Processor time of all threads, the system's included.
    pub cpu: Duration,
    /// The most memory that it had at once till now, in bytes.
    pub peak: u64,
}

impl Used {
    /// What the process has used till now.
    #[cfg(unix)]
    pub fn now() -> Option<Self> {
        use nix::sys::resource::{UsageWho, getrusage};
        use nix::sys::time::TimeVal;
        let usage = getrusage(UsageWho::RUSAGE_SELF).ok()?;
        let time = |time: TimeVal| Some(Duration::new(time.tv_sec().try_into().ok()?, u32::try_from(time.tv_usec()).ok()? * 1000));
        // In kilobytes, but on Apple's systems in bytes.
        let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
        Some(Self { cpu: time(usage.user_time())? + time(usage.system_time())?, peak: u64::try_from(usage.max_rss()).ok()? * unit })
    }

    /// What the process has used till now.
    #[cfg(not(unix))]
    pub fn now() -> Option<Self> {
        None
    }
}

/// A line for each stage, and one for all.
pub fn table(stages: &[Took], whole: Duration) -> String {
    let mut text = "     stage       wall        CPU   peak memory".to_owned();
    let mut line = |name: &str, wall: Duration, cpu: Option<Duration>, peak: Option<u64>| {
        let cpu = cpu.map_or_else(|| "–".to_owned(), |cpu| format!("{:.3} s", cpu.as_secs_f64()));
        let peak = peak.map_or_else(|| "–".to_owned(), |peak| format!("{} MB", peak / 1_000_000));
        let wall = format!("{:.3} s", wall.as_secs_f64());
        let _ = write!(text, "\n{name:>10} {wall:>10} {cpu:>10} {peak:>13}");
    };
    for took in stages {
        line(name(took.stage), took.wall, took.used.map(|used| used.cpu), took.used.map(|used| used.peak));
    }
    let cpu = stages.iter().filter_map(|took| Some(took.used?.cpu)).sum();
    let last = stages.last().and_then(|took| took.used);
    line("whole", whole, last.map(|_| cpu), last.map(|used| used.peak));
    text
}

/// One object: times in seconds, memory in bytes.
pub fn json(stages: &[Took], whole: Duration) -> Value {
    let stage = |took: &Took| {
        json!({
            "stage": name(took.stage),
            "begun": took.begun.as_secs_f64(),
            "wall": took.wall.as_secs_f64(),
            "cpu": took.used.map(|used| used.cpu.as_secs_f64()),
            "peak_memory": took.used.map(|used| used.peak),
        })
    };
    json!({
        "event": "timings",
        "wall": whole.as_secs_f64(),
        "jobs": rayon::current_num_threads(),
        "stages": stages.iter().map(stage).collect::<Vec<_>>(),
    })
}

/// A trace: an event for each stage, and how memory grew. Times are in microseconds.
pub fn trace(stages: &[Took]) -> Value {
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    let mut events = vec![json!({ "ph": "M", "name": "process_name", "pid": 1, "tid": 1, "args": { "name": "postilla build" } })];
    for took in stages {
        let cpu = took.used.map(|used| micros(used.cpu));
        events.push(json!({
            "ph": "X", "name": name(took.stage), "cat": "stage", "pid": 1, "tid": 1,
            "ts": micros(took.begun), "dur": micros(took.wall), "args": { "cpu_us": cpu },
        }));
        if let Some(used) = took.used {
            let end = micros(took.begun + took.wall);
            events.push(json!({ "ph": "C", "name": "peak memory", "pid": 1, "tid": 1, "ts": end, "args": { "bytes": used.peak } }));
        }
    }
    json!({ "displayTimeUnit": "ms", "traceEvents": events })
}
