//! The days on which rules come to find something else, though nobody has changed a file.

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use crate::archive::{Archive, Article};
use crate::parse::dates::Moment;

/// The first moment after `now` at which a rule may find something else in the same archive: a review becomes due, or a
/// value begins that makes another one old.
pub fn turns(archive: &Archive, now: Timestamp) -> Option<Timestamp> {
    let today = Moment::from(now).number();
    let is_functional = |property| archive.register.property(property).1.functional;
    let next = |article: &Article| {
        let states = |(day, property): (Option<i32>, _)| day.filter(|day| *day > today && is_functional(property));
        let begins = article.facts.iter().filter_map(|fact| states((fact.day, fact.property?)));
        let published = article.head.date.map(Moment::number).filter(|day| *day > today);
        let first = begins.chain(published).filter_map(Moment::of_number).min();
        let reviews = article.facts.iter().filter_map(|fact| fact.review_after.filter(|day| *day >= today));
        let due = reviews.min().and_then(Moment::of_number).and_then(day_after);
        [first.map(Moment::timestamp), due].into_iter().flatten().min()
    };
    archive.articles.par_iter().filter_map(next).min()
}

fn day_after(day: Moment) -> Option<Timestamp> {
    day.timestamp().checked_add(SignedDuration::from_hours(24)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_from_its_number() {
        let day = |number| Moment::of_number(number).map(|moment| moment.to_string());
        assert_eq!(day(20_241_130).as_deref(), Some("2024-11-30T00:00:00Z"));
        assert_eq!(day(20_241_131), None);
        assert_eq!(day(i32::MAX), None);
        assert_eq!(day_after(Moment::of_number(20_241_231).unwrap()).unwrap().to_string(), "2025-01-01T00:00:00Z");
    }
}
