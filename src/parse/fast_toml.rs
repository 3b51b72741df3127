//! TOML into values by way of a parser that is several times as fast as the TOML crate that stays
//! the judge: what is refused here is read again by it, and its word is the one that counts.

use std::mem::MaybeUninit;

use super::guard::MOST_EXACT;
use serde::de::value::{BorrowedStrDeserializer, Error, MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use toml_datetime::de::DatetimeDeserializer;
use toml_spanner::{Arena, Item, Value};

/// How deep a value may lie: dotted keys nest without end, and every level takes its share of the stack.
const DEPTH: usize = 64;

/// Reads a document. The error says no more than that there is one.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let arena = Arena::new();
    let document = toml_spanner::parse(text, &arena).map_err(|_| de::Error::custom("not TOML"))?;
    T::deserialize(Node { item: document.table().as_item(), left: DEPTH })
}

/// A value of the document.
#[derive(Clone, Copy)]
struct Node<'a, 'de> {
    item: &'a Item<'de>,
    /// How many levels may still follow.
    left: usize,
}

impl<'de> de::Deserializer<'de> for Node<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.left.checked_sub(1).ok_or_else(|| de::Error::custom("nested too deep"))?;
        let inner = |item| Node { item, left };
        match self.item.value() {
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Integer(number) => match number.as_i64() {
                Some(number) => visitor.visit_i64(number),
                None => visitor.visit_i128(number.as_i128()),
            },
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Boolean(truth) => visitor.visit_bool(*truth),
            Value::DateTime(date) => as_date(date.format(&mut MaybeUninit::uninit()), visitor),
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(inner))),
            Value::Table(table) => {
                let entries = table.iter().map(|(key, item)| (BorrowedStrDeserializer::new(key.as_str()), inner(item)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        match self.item.value() {
            Value::String(word) => visitor.visit_enum(BorrowedStrDeserializer::<Error>::new(word)),
            _ => Err(de::Error::custom("expected a word")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// A list in the place of a table is for the judge.
    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        match self.item.value() {
            Value::Table(_) | Value::DateTime(_) => self.deserialize_any(visitor),
            _ => Err(de::Error::custom("expected a table")),
        }
    }

    /// A number that a float may not hold to its last digit is for the judge. A negative zero becomes zero.
    #[expect(clippy::cast_precision_loss, reason = "a power of two")]
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.item.value() {
            Value::Float(number) if *number == 0.0 => visitor.visit_f64(0.0),
            Value::Float(number) if number.abs() < MOST_EXACT as f64 => visitor.visit_f64(*number),
            Value::Integer(number) if number.as_i64().is_some_and(|number| number.unsigned_abs() <= MOST_EXACT) => {
                self.deserialize_any(visitor)
            }
            _ => Err(de::Error::custom("expected an exact number")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

/// A date as the judge gives it, so that a text that looks like one is still no text.
fn as_date<'de, V: Visitor<'de>>(date: &str, visitor: V) -> Result<V::Value, Error> {
    visitor.visit_map(DatetimeDeserializer::<Error>::new(date.parse().map_err(de::Error::custom)?))
}

impl<'de> IntoDeserializer<'de, Error> for Node<'_, 'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
