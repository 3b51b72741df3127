//! Whether two trees hold the same data, wherever it stands.

use crate::base::{DataPath, Step};
use crate::tree::{Entry, Node, Value};

use super::NewValue;

/// Makes a change to the tree itself: what the file is to read as. A path that leads to nothing changes nothing.
pub(super) fn set(node: &mut Node, steps: &[Step], to: &NewValue) {
    let (Some((step, rest)), Value::Table(_) | Value::List(_)) = (steps.split_first(), &node.value) else { return };
    match (step, &mut node.value) {
        (Step::Key(key), Value::Table(entries)) => {
            let found = entries.iter().position(|entry| *entry.key == **key);
            match (found, rest, value(to)) {
                (Some(at), [], Some(value)) => entries[at].node.value = value,
                (Some(at), [], None) => drop(entries.remove(at)),
                (Some(at), rest, _) => set(&mut entries[at].node, rest, to),
                (None, [], Some(value)) => {
                    entries.push(Entry { key: key.to_string(), key_span: 0..0, node: Node { value, span: 0..0 } });
                }
                (None, ..) => {}
            }
        }
        (Step::Index(at), Value::List(items)) if *at < items.len() => match (rest, value(to)) {
            ([], Some(value)) => items[*at].value = value,
            ([], None) => drop(items.remove(*at)),
            (rest, _) => set(&mut items[*at], rest, to),
        },
        _ => {}
    }
}

fn value(to: &NewValue) -> Option<Value> {
    match to {
        NewValue::Text(text) => Some(Value::Text(text.clone())),
        NewValue::Number(number) => Some(Value::Integer(i128::from(*number))),
        NewValue::Absent => None,
    }
}

/// The first place at which the trees differ; the order of a table's keys is no difference.
pub(super) fn difference(a: &Node, b: &Node) -> Option<DataPath> {
    differ(a, b, DataPath::root())
}

fn differ(a: &Node, b: &Node, path: DataPath) -> Option<DataPath> {
    let same = match (&a.value, &b.value) {
        (Value::List(a), Value::List(b)) if a.len() == b.len() => {
            return a.iter().zip(b).enumerate().find_map(|(at, (a, b))| differ(a, b, path.clone().index(at)));
        }
        (Value::Table(a), Value::Table(b)) => return tables_differ(a, b, &path),
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        (Value::Text(a), Value::Text(b)) | (Value::Date(a), Value::Date(b)) => a == b,
        _ => false,
    };
    (!same).then_some(path)
}

fn tables_differ(a: &[Entry], b: &[Entry], path: &DataPath) -> Option<DataPath> {
    let (a, b) = (sorted(a), sorted(b));
    for (a, b) in a.iter().zip(&b) {
        if a.key != b.key {
            return Some(path.clone().key(a.key.as_str().min(&b.key)));
        }
        if let Some(found) = differ(&a.node, &b.node, path.clone().key(&*a.key)) {
            return Some(found);
        }
    }
    let shorter = a.len().min(b.len());
    a.get(shorter).or_else(|| b.get(shorter)).map(|entry| path.clone().key(&*entry.key))
}

fn sorted(entries: &[Entry]) -> Vec<&Entry> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| a.key.cmp(&b.key));
    sorted
}
