//! Long lists cut into pages that are numbered from the oldest, so that a new item changes the last page and
//! the list's own address, and no other.

use std::ops::Range;

use super::routes::{Address, Routes};
use super::views::Pager;

/// How many numbered pages a list has: none when everything fits on its own address.
pub fn count(total: usize, size: usize) -> usize {
    if total <= size { 0 } else { total.div_ceil(size) }
}

/// The items on a page: the newest `size` on the list's own address, else those of the numbered page.
pub fn items(total: usize, size: usize, number: Option<usize>) -> Range<usize> {
    match number {
        None => total.saturating_sub(size)..total,
        Some(number) => ((number - 1) * size).min(total)..(number * size).min(total),
    }
}

/// Where the reader is.
pub fn pager(routes: &Routes, list: &Address, total: usize, size: usize, number: Option<usize>) -> Pager {
    let count = count(total, size);
    let page = |number: usize| (1..=count).contains(&number).then(|| routes.url(&routes.numbered(list, number)));
    let newest = routes.url(list);
    let (older, newer) = match number {
        None => (count.checked_sub(1).and_then(page), None),
        Some(number) if number == count => (page(number - 1), Some(newest.clone())),
        Some(number) => (page(number - 1), page(number + 1)),
    };
    Pager { number, count, total, older, newer, newest, oldest: page(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_on_one_numbered_page() {
        for total in [0, 1, 99, 100, 101, 200, 250] {
            let pages = count(total, 100);
            let mut seen: Vec<usize> = (1..=pages).flat_map(|number| items(total, 100, Some(number))).collect();
            if pages == 0 {
                seen = items(total, 100, None).collect();
            }
            assert_eq!(seen, (0..total).collect::<Vec<_>>(), "{total}");
        }
        assert_eq!(items(250, 100, None), 150..250);
    }
}
