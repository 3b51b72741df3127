//! An import into an archive that holds nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use postilla::archive::graph::Index;
use postilla::archive::register::register;
use postilla::archive::{Archive, Register};
use postilla::base::{Diagnostic, Fingerprint, SourcePath};
use postilla::config::Config;
use postilla::import::plan::{Home, Plan, plan};
use postilla::import::{Foreign, Ground, Kind, read};

/// Imports a text of this name. Must not panic; without an error, what it makes must read as what it is meant to be.
pub fn trial(kind: Kind, name: &str, text: &str) -> Plan {
    let config = "title = 'Trial'\nbase_url = 'https://trial.example/'\n";
    let config = postilla::parse::config::read(&SourcePath::new("postilla.toml"), config).value.expect("a configuration");
    let archive = Archive {
        register: Arc::new(empty(&config)),
        articles: Vec::new(),
        pages: Vec::new(),
        entity_links: Vec::new(),
        index: Index::default(),
        assets: Vec::new(),
        pictures: BTreeMap::default(),
    };
    let ground = Ground { languages: &config.languages, kinds: &archive.register.kinds };
    let foreign = Foreign { file: SourcePath::new(name), inner: SourcePath::new(name), text: text.to_owned() };
    let drafts = read(kind, &[foreign], ground);
    let refused = drafts.diagnostics.iter().any(Diagnostic::is_error);
    let planned = plan(drafts.value, Home { archive: &archive, config: &config, text: &|_| None, has_file: &|_| false });
    for found in planned.diagnostics.iter().filter(|found| found.is_error()) {
        assert!(refused, "what was read without an error cannot be written: {found:?}");
    }
    planned.value
}

fn empty(config: &Config) -> Register {
    register(Vec::new(), BTreeMap::default(), Vec::new(), Fingerprint::default(), config).value
}
