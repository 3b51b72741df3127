//! What this build may show. The clock has been read once, outside.

use jiff::Timestamp;

use crate::parse::article::State;
use crate::parse::dates::Moment;

/// What this build may show.
#[derive(Debug, Clone, Copy)]
pub struct Showing {
    /// The moment of the build.
    pub now: Timestamp,
    /// Whether drafts and embargoed articles are shown too.
    pub drafts: bool,
}

impl Showing {
    /// Whether a text in this state and under this embargo is shown. A withdrawn article is: its page says so.
    pub fn shows(self, state: State, embargo: Option<Moment>) -> bool {
        let released = embargo.is_none_or(|until| until.timestamp() <= self.now);
        self.drafts || released && matches!(state, State::Published | State::Withdrawn)
    }

    /// Whether what is dated by this moment is shown: a correction that is announced waits for its day.
    pub fn has_come(self, moment: Moment) -> bool {
        self.drafts || moment.timestamp() <= self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embargo_ends_at_its_moment() {
        let embargo = Moment::parse("2025-02-01T06:00:00Z");
        let at = |now: &str| Showing { now: now.parse().unwrap(), drafts: false };
        assert!(!at("2025-02-01T05:59:59Z").shows(State::Published, embargo));
        assert!(at("2025-02-01T06:00:00Z").shows(State::Published, embargo));
        assert!(!at("2025-02-01T06:00:00Z").shows(State::Approved, None));
        assert!(Showing { drafts: true, ..at("2025-01-01T00:00:00Z") }.shows(State::Draft, embargo));
    }
}
