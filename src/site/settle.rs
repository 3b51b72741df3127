//! Outputs that would be in each other's way: two at one place, a file where another needs a folder, and two
//! that only capitals tell apart, which many disks take for one.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::page::{PageKind, PlannedPage};
use crate::base::{Code, Diagnostic, Place, SourcePath};

/// A page and what it comes from; `None` for what the program makes by itself.
pub(super) struct Claim {
    pub page: PlannedPage,
    pub place: Option<Place>,
}

/// Pages in the order of their files; two in each other's way are an error that names both.
pub(super) fn settle(mut claims: Vec<Claim>, found: &mut Vec<Diagnostic>) -> Vec<PlannedPage> {
    claims.par_sort_by(|a, b| a.page.output.cmp(&b.page.output));
    if are_apart(&claims) {
        return claims.into_iter().map(|claim| claim.page).collect();
    }
    let mut folded: Vec<(String, &Claim)> = claims.iter().map(|claim| (folded(claim), claim)).collect();
    folded.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut said = BTreeSet::new();
    for pair in folded.windows(2) {
        let [(first_key, first), (second_key, second)] = pair else { continue };
        let below = second_key.strip_prefix(first_key.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('\0'));
        if below && !said_already(first, second) && said.insert((&first.place, &second.place)) {
            found.push(clash(first, second));
        }
    }
    claims.into_iter().map(|claim| claim.page).collect()
}

/// Pages in a folder that the program fills by itself are errors.
pub(super) fn keep_free(folder: &str, claims: &[Claim], found: &mut Vec<Diagnostic>) {
    let is_in_the_way = |claim: &&Claim| {
        let path = claim.page.output.as_str().as_bytes();
        path.get(..folder.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(folder.as_bytes()))
            || path.eq_ignore_ascii_case(folder.trim_end_matches('/').as_bytes())
    };
    for claim in claims.iter().filter(is_in_the_way) {
        let place = claim.place.clone().unwrap_or_else(|| Place::whole(&SourcePath::new("postilla.toml")));
        let message = format!("`/{}` would be among the files of `exports.data`, in `/{folder}`", claim.page.output);
        found.push(Diagnostic::error(Code::Collision, place, message).help("rename it, or take `data` out of `[exports]`".to_owned()));
    }
}

/// Whether it is plain that no two are in each other's way: all are different, none is a folder of another, and no
/// capitals matter. Else a closer look tells.
fn are_apart(claims: &[Claim]) -> bool {
    let paths: Vec<&str> = claims.iter().map(|claim| claim.page.output.as_str()).collect();
    let small = |path: &str| path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    (0..paths.len()).into_par_iter().all(|at| small(paths[at]) && is_apart(paths[at], &paths[..at]))
}

/// Whether a path is none of those before it, and none of them is a file where it needs a folder. Only what begins like
/// such a file stands between the two; and folders that the last one has as well were looked at with that one.
fn is_apart(path: &str, before: &[&str]) -> bool {
    let Some(last) = before.last() else { return true };
    let shared = path.bytes().zip(last.bytes()).take_while(|(one, other)| one == other).count();
    let folders = path.match_indices('/').map(|(slash, _)| &path[..slash]).filter(|folder| folder.len() >= shared);
    let is_file = |folder: &str| before.iter().rev().take_while(|path| path.starts_with(folder)).any(|path| *path == folder);
    path != *last && !folders.into_iter().any(is_file)
}

/// The output as a disk without capitals sees it. What lies in a folder comes right behind a file of its name:
/// no path holds a NUL, and nothing sorts before it.
fn folded(claim: &Claim) -> String {
    claim.page.output.as_str().to_lowercase().replace('/', "\0")
}

/// Two pages with one slug have been reported as such.
fn said_already(first: &Claim, second: &Claim) -> bool {
    first.page.output == second.page.output && matches!((&first.page.kind, &second.page.kind), (PageKind::Plain(_), PageKind::Plain(_)))
}

fn clash(first: &Claim, second: &Claim) -> Diagnostic {
    let (one, other) = (first.page.output.as_str(), second.page.output.as_str());
    let message = if one == other {
        format!("two pages would be at `/{}`", first.page.address.as_str())
    } else if one.len() == other.len() {
        format!("`/{one}` and `/{other}` differ only in capitals")
    } else {
        format!("`/{one}` would be a file, and a folder for `/{other}`")
    };
    let mut places = [&first.place, &second.place].into_iter().flatten();
    let place = places.next_back().cloned().unwrap_or_else(|| Place::whole(&SourcePath::new("postilla.toml")));
    let error = Diagnostic::error(Code::Collision, place, message).help("rename one, or set its `slug` or `id`".to_owned());
    match places.next_back() {
        Some(other) => error.related(other.clone(), "the other is here"),
        None => error.note("the other is made by the program"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::routes::Address;

    /// What is found of files at these addresses, each from a source of its own name.
    fn check(addresses: &[&str], expected: &[&str]) {
        let claim = |address: &&str| {
            let address = Address::new(*address);
            let place = Place::whole(&SourcePath::new(address.as_str()));
            let page = PlannedPage { output: address.output().unwrap(), address, tree: 0, kind: PageKind::Feed };
            Claim { page, place: Some(place) }
        };
        let mut found = Vec::new();
        let pages = settle(addresses.iter().map(claim).collect(), &mut found);
        assert_eq!(pages.len(), addresses.len());
        assert!(pages.is_sorted_by(|a, b| a.output <= b.output));
        assert!(found.iter().all(|found| found.related.len() == 1));
        assert_eq!(found.iter().map(|found| &*found.message).collect::<Vec<_>>(), expected, "{addresses:?}");
    }

    #[test]
    fn outputs_may_not_be_in_each_others_way() {
        check(&["a/", "b/", "a/b/", "a-b", "a.b/"], &[]);
        check(&["a/", "a/index.html"], &["two pages would be at `/a/`"]);
        check(&["about/", "about", "about-us/"], &["`/about` would be a file, and a folder for `/about/index.html`"]);
        check(&["feed.xml", "feed.xml/x/y"], &["`/feed.xml` would be a file, and a folder for `/feed.xml/x/y`"]);
        check(&["index.html/", ""], &["`/index.html` would be a file, and a folder for `/index.html/index.html`"]);
        check(&["INDEX.html", ""], &["`/INDEX.html` and `/index.html` differ only in capitals"]);
        check(&["About", "about/x"], &["`/About` would be a file, and a folder for `/about/x`"]);
    }
}
