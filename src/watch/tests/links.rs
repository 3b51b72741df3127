//! Links are followed where they lead, wherever that comes to be.

use std::fs;
use std::path::Path;

use super::{Field, remove, write};

#[test]
fn a_linked_folder_is_watched_where_it_leads() {
    let mut field = Field::prepared(|root| {
        fs::rename(root.join("content"), root.join("../elsewhere")).unwrap();
        link("../elsewhere", &root.join("content"));
        fs::create_dir_all(root.join("../shared/deep")).unwrap();
        link("../../shared", &root.join("content/articles/shared"));
    });
    field.check_saves_wake("../elsewhere/articles/2025/a.md");
    field.check_saves_wake("../shared/deep/b.md");
    field.check_wakes(|field| remove(&field.at("content/articles/shared")));
    // The new link has two names for one folder; that one goes must not matter.
    field.check_wakes(|field| link("../../shared", &field.at("content/articles/one")));
    field.check_wakes(|field| link("../../shared", &field.at("content/articles/two")));
    field.check_wakes(|field| remove(&field.at("content/articles/one")));
    field.check_saves_wake("../shared/deep/b.md");
}

#[test]
fn a_link_that_leads_elsewhere_is_followed_again() {
    let mut field = Field::prepared(|root| {
        fs::rename(root.join("content"), root.join("../one")).unwrap();
        write(&root.join("../two/articles/b.md"), "b");
        link("../one", &root.join("content"));
    });
    link("../two", &field.at("content.new"));
    field.check_wakes(|field| fs::rename(field.at("content.new"), field.at("content")).unwrap());
    field.check_saves_wake("../two/articles/b.md");
    field.check_sleeps(|field| field.write("../one/articles/2025/a.md"));
}

#[test]
fn a_link_whose_target_comes_and_goes_is_followed() {
    let mut field = Field::prepared(|root| {
        remove(&root.join("content"));
        link("../later/content", &root.join("content"));
        link("../../elsewhere/logo", &root.join("static/logo"));
    });
    for _ in 0..2 {
        field.check_saves_wake("../later/content/articles/a.md");
        field.check_wakes(|field| remove(&field.at("../later")));
        field.check_saves_wake("../elsewhere/logo/a.svg");
        field.check_wakes(|field| remove(&field.at("../elsewhere/logo")));
    }
}

#[test]
fn a_linked_file_is_watched_where_it_leads() {
    let mut field = Field::prepared(|root| {
        write(&root.join("drafts/a.md"), "a");
        link("../../drafts/a.md", &root.join("content/articles/a.md"));
    });
    field.check_saves_wake("drafts/a.md");
    field.check_sleeps(|field| field.write("drafts/b.md"));
}

#[test]
fn a_link_that_leads_back_up_is_left_alone() {
    let mut field = Field::prepared(|root| link("../..", &root.join("content/articles/circle")));
    field.check_sleeps(|field| field.write("README.md"));
    field.check_saves_wake("content/articles/2025/a.md");
}

fn link(target: impl AsRef<Path>, at: &Path) {
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(target, at).unwrap();
}
