//! What a JSON Schema says of a value, as far as the schemas of Postilla's types say it.

use serde_json::Value as Schema;

/// The types that a value may have.
pub fn type_words(schema: &Schema) -> impl Iterator<Item = &str> {
    let one = schema["type"].as_str();
    one.into_iter().chain(schema["type"].as_array().into_iter().flatten().filter_map(Schema::as_str))
}

/// The words of an enumeration: plain, or one by one with a description each.
pub fn vocabulary(schema: &Schema) -> Vec<&str> {
    let many = schema["oneOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    let words = many.iter().flat_map(|schema| schema["enum"].as_array().map_or(std::slice::from_ref(&schema["const"]), Vec::as_slice));
    words.filter_map(Schema::as_str).collect()
}

/// The keys that must be there.
pub fn required(schema: &Schema) -> impl Iterator<Item = &str> {
    schema["required"].as_array().into_iter().flatten().filter_map(Schema::as_str)
}

/// The least number that `bound` (`minItems`, `minProperties`) asks for.
pub fn least(schema: &Schema, bound: &str) -> usize {
    schema[bound].as_u64().map_or(0, |least| usize::try_from(least).unwrap_or(usize::MAX))
}

/// By the bounds that the schema states and those of its machine type.
pub fn integer_range(schema: &Schema) -> (i128, i128) {
    let (least, most) = match schema["format"].as_str() {
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64" | "uint") => (0, i64::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    };
    let bound = |name: &str| schema[name].as_i64().map(i128::from);
    (bound("minimum").map_or(least, |stated| stated.max(least)), bound("maximum").map_or(most, |stated| stated.min(most)))
}

/// Whether it wants a date, which each notation writes in its own way.
pub fn is_date(schema: &Schema) -> bool {
    matches!(schema["format"].as_str(), Some("moment" | "edtf"))
}

/// Whether serde refuses a text that has not the schema's form; texts of other forms are only reported.
pub fn is_read_by_serde(schema: &Schema) -> bool {
    matches!(schema["format"].as_str(), Some("moment" | "edtf" | "bcp47"))
}

/// What it wants, for messages.
pub fn wanted(schema: &Schema) -> Option<&'static str> {
    if !vocabulary(schema).is_empty() {
        return Some("a word");
    }
    if is_date(schema) {
        return Some("a date");
    }
    type_words(schema).find_map(|word| match word {
        "string" => Some("a string"),
        "object" => Some("a table"),
        "array" => Some("a list"),
        "integer" => Some("an integer"),
        "number" => Some("a number"),
        "boolean" => Some("`true` or `false`"),
        _ => None,
    })
}
