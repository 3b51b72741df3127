//! When a statement holds, as days that can be compared.

use crate::parse::dates::Edtf;
use crate::parse::sidecar::Valid;

/// When a statement holds. Days are numbers such as `20241130`; those between two days are numbers between theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day on which it may hold; `None` when not known.
    pub begins: Option<i32>,
    /// The first and the last day on which it surely holds. A statement without an end surely holds when it begins, and
    /// a newer one may follow; one without a date has a day of its own, `UNDATED`.
    pub sure: (i32, i32),
    /// Whether it holds until further notice.
    pub open: bool,
}

/// The day of statements without a date: before all days.
pub const UNDATED: i32 = i32::MIN;

impl Span {
    /// When something holds; `None` when nothing is said of it.
    pub fn of(valid: &Valid) -> Option<Self> {
        match &valid.at {
            Some(at) => match at.as_str().split_once('/') {
                Some((from, until)) => from_until(Edtf::parse(from).ok().as_ref(), Edtf::parse(until).ok().as_ref()),
                None => known(at).map(|at| Self {
                    begins: Some(at.earliest()),
                    sure: (at.earliest().max(UNDATED + 1), at.latest()),
                    open: false,
                }),
            },
            None => from_until(valid.from.as_ref(), valid.until.as_ref()),
        }
    }

    /// Of a statement of which it is not known when it holds. `begins` is the day on which it was made; a date that
    /// nobody knows is still a date, and ends.
    pub fn undated(begins: Option<i32>, open: bool) -> Self {
        Self { begins, sure: (UNDATED, UNDATED), open }
    }
}

/// From one date to another. Where two spans meet in a date, such as `2024`, one may follow the other.
fn from_until(from: Option<&Edtf>, until: Option<&Edtf>) -> Option<Span> {
    let (from, until) = (from.and_then(known), until.and_then(known));
    let surely_from = |from: &Edtf| if from.earliest() == from.latest() { from.latest() } else { from.latest().saturating_add(1) };
    let surely_until = |until: &Edtf| until.earliest().saturating_sub(1).max(UNDATED + 1);
    let begins = from.map(Edtf::earliest);
    let open = until.is_none();
    let sure = match (from, until) {
        (Some(from), Some(until)) => {
            let sure = (surely_from(from), surely_until(until));
            if sure.0 <= sure.1 { sure } else { (from.earliest(), until.latest()) }
        }
        (Some(from), None) => (surely_from(from), surely_from(from)),
        (None, Some(until)) => (surely_until(until), surely_until(until)),
        (None, None) => return None,
    };
    Some(Span { begins, sure, open })
}

/// A date that names a time at all.
fn known(date: &Edtf) -> Option<&Edtf> {
    (date.earliest() != i32::MIN || date.latest() != i32::MAX).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_until_further_notice_surely_holds_when_it_begins() {
        let sure = |valid: &str| Span::of(&toml::from_str(valid).unwrap()).map(|span| span.sure);
        for (valid, expected) in [
            ("at = '2024-11'", (20_241_101, 20_241_130)),
            ("from = '2024-11-05'", (20_241_105, 20_241_105)),
            ("from = '2020'", (20_201_232, 20_201_232)),
            ("from = '2020'\nuntil = '2022'", (20_201_232, 20_220_100)),
            ("from = '2020'\nuntil = '2020'", (20_200_101, 20_201_231)),
            ("until = '2022-03-01'", (20_220_300, 20_220_300)),
        ] {
            assert_eq!(sure(valid), Some(expected), "{valid}");
        }
        assert_eq!(sure("at = 'XXXX'"), None);
    }
}
