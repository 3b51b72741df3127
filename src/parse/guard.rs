//! Between a notation's reader and a type: what serde would let pass and the schema does not. A list in the place
//! of a table, its values by position, is refused. Where a number may have lost digits on its way, the guard
//! raises a doubt, for the slow read to look into. A negative zero becomes zero.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor};

/// The greatest whole number up to which a float holds every one.
pub(super) const MOST_EXACT: u64 = 1 << 53;

/// A part of serde's conversation, guarded.
pub(super) struct Guard<'c, X> {
    inner: X,
    doubt: &'c Cell<bool>,
    wanted: Wanted,
}

/// What the type asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Table,
    Number,
    Anything,
}

impl<'c, X> Guard<'c, X> {
    /// Guards `inner`; sets `doubt` when a number may not be what was written.
    pub(super) fn new(inner: X, doubt: &'c Cell<bool>) -> Self {
        Self { inner, doubt, wanted: Wanted::Anything }
    }

    fn wanting(inner: X, doubt: &'c Cell<bool>, wanted: Wanted) -> Self {
        Self { inner, doubt, wanted }
    }

    fn doubt_if(&self, inexact: bool) {
        if inexact && self.wanted == Wanted::Number {
            self.doubt.set(true);
        }
    }
}

macro_rules! deserialize {
    ($($name:ident => $wanted:ident,)*) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$name(Guard::wanting(visitor, self.doubt, Wanted::$wanted))
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Guard<'_, D> {
    type Error = D::Error;

    deserialize! {
        deserialize_any => Anything, deserialize_bool => Anything,
        deserialize_i8 => Anything, deserialize_i16 => Anything, deserialize_i32 => Anything, deserialize_i64 => Anything,
        deserialize_i128 => Anything, deserialize_u8 => Anything, deserialize_u16 => Anything, deserialize_u32 => Anything,
        deserialize_u64 => Anything, deserialize_u128 => Anything, deserialize_f32 => Number, deserialize_f64 => Number,
        deserialize_char => Anything, deserialize_str => Anything, deserialize_string => Anything, deserialize_bytes => Anything,
        deserialize_byte_buf => Anything, deserialize_option => Anything, deserialize_unit => Anything, deserialize_seq => Anything,
        deserialize_map => Anything, deserialize_identifier => Anything, deserialize_ignored_any => Anything,
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_unit_struct(name, Guard::new(visitor, self.doubt))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_newtype_struct(name, Guard::new(visitor, self.doubt))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple(len, Guard::new(visitor, self.doubt))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, name: &'static str, len: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple_struct(name, len, Guard::new(visitor, self.doubt))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_struct(name, fields, Guard::wanting(visitor, self.doubt, Wanted::Table))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_enum(name, variants, Guard::new(visitor, self.doubt))
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! visit {
    ($($name:ident: $given:ty,)*) => {
        $(fn $name<E: Error>(self, value: $given) -> Result<V::Value, E> {
            self.inner.$name(value)
        })*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Guard<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool: bool, visit_i8: i8, visit_i16: i16, visit_i32: i32, visit_i128: i128, visit_u8: u8, visit_u16: u16,
        visit_u32: u32, visit_u128: u128, visit_f32: f32, visit_char: char, visit_str: &str, visit_borrowed_str: &'de str,
        visit_string: String, visit_bytes: &[u8], visit_borrowed_bytes: &'de [u8], visit_byte_buf: Vec<u8>,
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.doubt_if(value.unsigned_abs() > MOST_EXACT);
        self.inner.visit_i64(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.doubt_if(value > MOST_EXACT);
        self.inner.visit_u64(value)
    }

    #[expect(clippy::cast_precision_loss, reason = "a power of two")]
    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        self.doubt_if(value.abs() >= MOST_EXACT as f64);
        self.inner.visit_f64(if value == 0.0 { 0.0 } else { value })
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Guard::new(value, self.doubt))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Guard::new(value, self.doubt))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        if self.wanted == Wanted::Table {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        self.inner.visit_seq(Guard::new(items, self.doubt))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Guard::new(entries, self.doubt))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, word: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(Guard::new(word, self.doubt))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Guard<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Guard::new(from, self.doubt))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Guard<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(Guard::new(seed, self.doubt))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Guard<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_key_seed(Guard::new(seed, self.doubt))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(Guard::new(seed, self.doubt))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, 'c, A: EnumAccess<'de>> EnumAccess<'de> for Guard<'c, A> {
    type Error = A::Error;
    type Variant = Guard<'c, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        let (value, variant) = self.inner.variant_seed(Guard::new(seed, self.doubt))?;
        Ok((value, Guard::new(variant, self.doubt)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Guard<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(Guard::new(seed, self.doubt))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(len, Guard::new(visitor, self.doubt))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(fields, Guard::wanting(visitor, self.doubt, Wanted::Table))
    }
}
