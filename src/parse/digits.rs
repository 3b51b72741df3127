//! Numbers that are written with more digits than are kept: readers would see other ones. Such a number is refused, since
//! sixteen digits are mostly a slip, and what needs them can be said as text.

use super::form::Findings;
use crate::base::{Code, DataPath, Diagnostic, SourcePath};
use crate::tree::{self, Format, Node, Value};

/// So many digits a number of 64 bits always keeps (IEEE 754).
const KEPT: usize = 15;

/// Every number of a sidecar that is not kept as it is written.
pub(super) fn check(file: &SourcePath, text: &str, format: Format) -> Vec<Diagnostic> {
    let mut findings = Findings::new(file);
    // Positions are found by a slow reader, which hardly any sidecar needs.
    if has_long_number(text) {
        look(&tree::read(text, 0..text.len(), format).root, text, DataPath::root(), &mut findings);
    }
    findings.found
}

fn has_long_number(text: &str) -> bool {
    let runs = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '_'));
    runs.into_iter().any(|run| run.len() > KEPT && run.bytes().filter(u8::is_ascii_digit).count() > KEPT)
}

fn look(node: &Node, text: &str, path: DataPath, findings: &mut Findings<'_>) {
    match &node.value {
        Value::Table(entries) => entries.iter().for_each(|entry| look(&entry.node, text, path.clone().key(&*entry.key), findings)),
        Value::List(items) => items.iter().enumerate().for_each(|(nth, item)| look(item, text, path.clone().index(nth), findings)),
        Value::Integer(_) | Value::Float(_) => {
            let written = text.get(node.span.clone()).unwrap_or_default();
            if let Some(kept) = altered(written) {
                let message = format!("`{written}` has more digits than a number can keep: it would be shown as `{kept}`");
                let help = "round it, or give it as `text`";
                findings.error(Code::BadValue, path, message).help = Some(help.to_owned());
            }
        }
        Value::Null | Value::Bool(_) | Value::Text(_) | Value::Date(_) => {}
    }
}

/// What becomes of a decimal number, if it is another one.
fn altered(written: &str) -> Option<f64> {
    let plain = written.trim().replace('_', "");
    if plain.starts_with("0x") || plain.starts_with("0o") || plain.starts_with("0b") {
        return None;
    }
    let kept: f64 = plain.parse().ok().filter(|kept: &f64| kept.is_finite())?;
    (decimal(&plain) != decimal(&format!("{kept:e}"))).then_some(kept)
}

/// The digits of a number from the first to the last that is not zero, and how many of them stand before the point.
fn decimal(number: &str) -> Option<(String, i64)> {
    let (digits, exponent) = number.trim_start_matches(['+', '-']).split_once(['e', 'E']).unwrap_or((number, "0"));
    let digits = digits.trim_start_matches(['+', '-']);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{part}");
    let significant = all.trim_start_matches('0');
    let leading = i64::try_from(whole.len()).ok()? - i64::try_from(all.len() - significant.len()).ok()?;
    let significant = significant.trim_end_matches('0').to_owned();
    let before = if significant.is_empty() { 0 } else { leading.checked_add(exponent.parse().ok()?)? };
    Some((significant, before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_are_not_kept_are_told() {
        for kept in
            ["1", "-0.1", "1_000_000.50", "+12e3", "0.000", "9007199254740992", "1e300", "0x1fffffffffffffffff", "123456789012345.6"]
        {
            assert_eq!(altered(kept), None, "{kept}");
        }
        for (written, kept) in [
            ("9007199254740993", "9007199254740992"),
            ("-9_007_199_254_740_993", "-9007199254740992"),
            ("3.14159265358979323846", "3.141592653589793"),
            ("0.10000000000000000001", "0.1"),
        ] {
            assert_eq!(altered(written).map(|kept| kept.to_string()).as_deref(), Some(kept), "{written}");
        }
    }

    #[test]
    fn every_notation_is_looked_at() {
        let file = SourcePath::new("a.facts.toml");
        for (format, text) in [
            (Format::Toml, "[[facts]]\nvalue = { number = 9007199254740993 }\n"),
            (Format::Yaml, "facts:\n- value:\n    number: 9007199254740993\n"),
            (Format::Json, "{\"facts\": [{\"value\": {\"number\": 9007199254740993}}]}"),
        ] {
            let found = check(&file, text, format);
            assert_eq!(found.len(), 1, "{text}");
            assert!(found[0].message.starts_with("`9007199254740993` has more digits"), "{}", found[0].message);
        }
        assert!(check(&file, "[[facts]]\nid = '9007199254740993'\n", Format::Toml).is_empty());
    }
}
