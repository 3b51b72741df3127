//! A progress bar, on a terminal, when a build takes over a second.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use postilla::project::{Progress, Stage};

use crate::interrupt::Brake;
use crate::timings::{Took, Used};

/// Builds that are quicker than this show no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar, or nothing to see; and how long each stage took.
pub struct Bar {
    shown: bool,
    start: Instant,
    done: AtomicU64,
    now: Mutex<Option<Now>>,
    took: Mutex<Vec<Took>>,
    brake: Arc<Brake>,
    asking: AtomicBool,
}

/// A stage that goes on.
struct Now {
    stage: Stage,
    begun: Duration,
    used: Option<Used>,
    bar: ProgressBar,
}

impl Bar {
    /// `shown` is whether it may be drawn at all.
    pub fn new(shown: bool) -> Self {
        Self::under(shown, Arc::default())
    }

    /// The same, of a round that `brake` can end.
    pub fn under(shown: bool, brake: Arc<Brake>) -> Self {
        Self {
            shown,
            start: Instant::now(),
            done: AtomicU64::new(0),
            now: Mutex::new(None),
            took: Mutex::new(Vec::new()),
            brake,
            asking: AtomicBool::new(false),
        }
    }

    /// Takes the bar away and gives the whole time and that of each stage.
    pub fn finish(self) -> (Duration, Vec<Took>) {
        self.end_stage();
        self.brake.release();
        (self.start.elapsed(), self.took.into_inner().unwrap_or_default())
    }

    fn end_stage(&self) {
        let Ok(mut now) = self.now.lock() else { return };
        if let Some(Now { stage, begun, used, bar }) = now.take() {
            bar.finish_and_clear();
            let wall = self.start.elapsed().saturating_sub(begun);
            let used = used.zip(Used::now()).map(|(before, after)| Used { cpu: after.cpu.saturating_sub(before.cpu), peak: after.peak });
            if let Ok(mut took) = self.took.lock() {
                took.push(Took { stage, begun, wall, used });
            }
        }
    }
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, total: usize) {
        self.end_stage();
        if matches!(stage, Stage::Rendering | Stage::Publishing) {
            self.brake.hold();
        }
        self.asking.store(stage == Stage::Asking, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg:>10} [{bar:40}] {pos}/{len}");
        bar.set_style(style.map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("=> ")));
        bar.set_message(name(stage));
        if let Ok(mut now) = self.now.lock() {
            *now = Some(Now { stage, begun: self.start.elapsed(), used: Used::now(), bar });
        }
    }

    fn goes_on(&self) -> bool {
        !self.brake.is_pulled()
    }

    fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // Other steps are so many that not each is worth drawing.
        let worth = done.is_multiple_of(64) || self.asking.load(Ordering::Relaxed);
        if !self.shown || !worth || self.start.elapsed() < PATIENCE {
            return;
        }
        if let Ok(Some(Now { bar, .. })) = self.now.try_lock().as_deref() {
            if bar.is_hidden() {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.set_position(done);
        }
    }
}

/// A stage's name for people.
pub fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Scanning => "scanning",
        Stage::Reading => "reading",
        Stage::Joining => "joining",
        Stage::Planning => "planning",
        Stage::Rendering => "rendering",
        Stage::Publishing => "publishing",
        Stage::Indexing => "indexing",
        Stage::Asking => "asking",
        Stage::Exporting => "exporting",
    }
}
