//! `postilla.toml`: what its types cannot say about an archive's configuration.

use std::collections::BTreeMap;

use globset::Glob;

use super::data::{self, Format};
use super::form::{self, Findings, key};
use crate::base::{Code, Outcome, SourcePath};
use crate::config::{Config, Level, Paths};

/// Reads the configuration. With errors in single values there may still be a value.
pub fn read(file: &SourcePath, text: &str) -> Outcome<Option<Config>> {
    let mut outcome = data::read::<Config>(file, text, 0..text.len(), Format::Toml);
    if let Some(config) = &mut outcome.value {
        let mut findings = Findings::new(file);
        check(&mut findings, config);
        data::append_news(&mut outcome.diagnostics, findings.found);
        data::mend_free_table(file, config.extra.as_deref_mut(), &mut outcome.diagnostics);
    }
    outcome
}

fn check(findings: &mut Findings<'_>, config: &Config) {
    findings.form(Some(&config.base_url), form::base_address, || key("base_url"));
    check_languages(findings, config);
    findings.form(Some(&config.output_dir), form::not_blank, || key("output_dir"));
    if config.output_dir.starts_with('~') {
        let message = format!("`{}` would be a folder called `~`", config.output_dir);
        findings.error(Code::BadValue, key("output_dir"), message).help = Some("write the whole path; only shells know `~`".to_owned());
    }
    for (index, glob) in config.ignore.iter().enumerate() {
        if let Err(error) = Glob::new(glob) {
            findings.error(Code::BadValue, key("ignore").index(index), format!("`{glob}` is not a glob: {}", error.kind()));
        }
    }
    for (index, format) in config.exports.data.iter().enumerate() {
        if config.exports.data[..index].contains(format) {
            findings.error(Code::BadValue, key("exports").key("data").index(index), "it stands here twice");
        }
    }
    check_paths(findings, &config.paths);
    check_rules(findings, &config.rules);
    for (id, kind) in &config.kinds {
        findings.form(Some(id), form::slug, || key("kinds").key(&**id).of_key());
        findings.form(kind.wikidata.as_deref(), form::wikidata, || key("kinds").key(&**id).key("wikidata"));
    }
}

fn check_languages(findings: &mut Findings<'_>, config: &Config) {
    if config.languages.is_empty() {
        findings.error(Code::BadValue, key("languages"), "an archive has at least one language");
    }
    for (index, lang) in config.languages.iter().enumerate() {
        if config.languages[..index].contains(lang) {
            findings.error(Code::BadValue, key("languages").index(index), format!("the language `{lang}` stands here twice"));
        }
    }
}

fn check_paths(findings: &mut Findings<'_>, paths: &Paths) {
    let Paths { articles, entities, properties, sources, timeline, coverage, corrections, search } = paths;
    let named = [
        ("articles", articles),
        ("entities", entities),
        ("properties", properties),
        ("sources", sources),
        ("timeline", timeline),
        ("coverage", coverage),
        ("corrections", corrections),
        ("search", search),
    ];
    for (index, (name, word)) in named.iter().enumerate() {
        findings.form(Some(word), form::slug, || key("paths").key(*name));
        let Some((first, _)) = named[..index].iter().find(|(_, earlier)| earlier == word) else { continue };
        let message = format!("`{name}` and `{first}` cannot both live under `/{word}/`");
        findings.error(Code::BadValue, key("paths").key(*name), message);
    }
}

fn check_rules(findings: &mut Findings<'_>, rules: &BTreeMap<Box<str>, Level>) {
    for (id, level) in rules {
        let Some(code) = findings.rule(id, || key("rules").key(&**id).of_key()) else { continue };
        if *level == Level::Off && code.is_promise() {
            let message = format!("`{id}` cannot be turned off: a fact would outlive its sentence in silence");
            findings.error(Code::BadValue, key("rules").key(&**id), message).help = Some("`warn` lets the site be published".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::property;

    fn wrongs(keys: &str) -> Vec<String> {
        let text = format!("title = 't'\n{keys}\n");
        read(&SourcePath::new("postilla.toml"), &text).diagnostics.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_configuration_is_checked_beyond_its_types() {
        assert_eq!(wrongs("base_url = 'https://x.org/a/'\nignore = ['*.tmp']"), [""; 0]);
        assert_eq!(
            wrongs("base_url = '/a/'\nlanguages = []"),
            ["`/a/` is not an http or https address", "an archive has at least one language"]
        );
        assert_eq!(
            wrongs("base_url = 'https://x.org'\nignore = ['[']\nlanguages = ['it', 'it']\npaths = {articles = 'x', sources = 'x'}"),
            [
                "the language `it` stands here twice",
                "`[` is not a glob: unclosed character class; missing ']'",
                "`sources` and `articles` cannot both live under `/x/`",
            ]
        );
    }

    #[test]
    fn a_tilde_is_no_home() {
        assert_eq!(wrongs("base_url = 'https://x.org'\noutput_dir = '~/site'"), ["`~/site` would be a folder called `~`"]);
    }

    #[test]
    fn two_sections_cannot_share_the_default_word_of_one() {
        assert_eq!(
            wrongs("base_url = 'https://x.org'\npaths.sources = 'articles'"),
            ["`sources` and `articles` cannot both live under `/articles/`"]
        );
    }

    #[test]
    fn properties_have_ids_and_shares() {
        let file = SourcePath::new("content/properties.toml");
        assert_eq!(property::read(&file, "[p]\ntolerance = 0.05\n").diagnostics, []);
        assert_eq!(property::read(&file, "['P q']\n[r]\ntolerance = -1\n").diagnostics.len(), 2);
        assert_eq!(property::read(&file, "[p]\nlable = 'x'\n").diagnostics[0].help.as_deref(), Some("did you mean `label`?"));
    }
}
