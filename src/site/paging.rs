//! Long lists cut into pages that are numbered from the oldest. A numbered page is full and never changes; the
//! list's own address shows the newest items, and a new one changes that page and no other.

use std::ops::Range;

use super::routes::{Address, Routes};
use super::views::Pager;

/// How many numbered pages of `size` a list has. Its own address keeps from half a page to one and a half.
pub fn count(total: usize, size: usize) -> usize {
    total.saturating_sub(size / 2) / size
}

/// The items on a page: on the list's own address those that no numbered page has.
pub fn items(total: usize, size: usize, number: Option<usize>) -> Range<usize> {
    match number {
        None => count(total, size) * size..total,
        // A page may carry two lists, of which one ends sooner.
        Some(number) if number > count(total, size) => total..total,
        Some(number) => (number - 1) * size..number * size,
    }
}

/// Where the reader is.
pub fn pager(routes: &Routes, list: &Address, total: usize, size: usize, number: Option<usize>) -> Pager {
    let count = count(total, size);
    let page = |number: usize| (1..=count).contains(&number).then(|| routes.url(&routes.numbered(list, number)));
    let newest = routes.url(list);
    let (older, newer) = match number {
        None => (page(count), None),
        Some(number) if number == count => (page(number - 1), Some(newest.clone())),
        Some(number) => (page(number - 1), page(number + 1)),
    };
    Pager { number, count, total, older, newer, newest, oldest: page(1) }
}

/// A list of `total` items that shows some of them on one page and the rest elsewhere.
pub fn unpaged(routes: &Routes, list: &Address, total: usize) -> Pager {
    Pager { number: None, count: 0, total, older: None, newer: None, newest: routes.url(list), oldest: None }
}

/// How many parts a list has that is cut by name, so that nothing in it is newer than anything else.
pub fn parts(total: usize, size: usize) -> usize {
    if total <= size { 0 } else { total.div_ceil(size) }
}

/// Where the reader is in a list that is cut by name: its own address is part 1, `older` the part before, `newer`
/// the part after.
pub fn part(routes: &Routes, list: &Address, total: usize, size: usize, number: Option<usize>) -> Pager {
    let count = parts(total, size);
    let here = number.unwrap_or(1);
    let page = |number: usize| match number {
        1 => Some(routes.url(list)),
        number => (2..=count).contains(&number).then(|| routes.url(&routes.numbered(list, number))),
    };
    let other = |number: usize| page(number).filter(|_| count > 0);
    Pager {
        number: Some(here).filter(|_| count > 0),
        count,
        total,
        older: other(here - 1),
        newer: other(here + 1),
        newest: routes.url(list),
        oldest: other(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_on_one_page() {
        for total in [0, 1, 50, 99, 100, 101, 149, 150, 151, 200, 249, 250, 5_600] {
            let numbered = (1..=count(total, 100)).flat_map(|number| items(total, 100, Some(number)));
            let seen: Vec<usize> = numbered.chain(items(total, 100, None)).collect();
            assert_eq!(seen, (0..total).collect::<Vec<_>>(), "{total}");
        }
        assert_eq!(items(5_600, 100, None).len(), 100);
    }

    #[test]
    fn a_numbered_page_is_full_and_stays() {
        for total in 150..400 {
            assert_eq!(items(total, 100, Some(1)), 0..100);
            assert!((50..150).contains(&items(total, 100, None).len()), "{total}");
        }
    }
}
