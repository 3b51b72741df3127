//! `say(id="facts_counted", n=3)` in templates: a message with its arguments, in the language of the page.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError};

use fluent_bundle::{FluentArgs, FluentValue};
use tera::value::Key;
use tera::{Error, Function, Kwargs, State, TeraResult, Value};

use super::{TONGUES, Tongue, Words, primary, spanned};
use crate::site::views::html::push_attribute;

/// The function. It is pure: what it says depends on its arguments and on the page's `words`, which name who speaks.
pub struct Say(pub Arc<Words>);

/// Arguments that are not the message's.
const OWN: [&str; 2] = ["id", "plain"];

/// Numbers below this are said often.
const SMALL: u64 = 256;

impl Function<TeraResult<Value>> for Say {
    fn call(&self, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
        let id = kwargs.must_get::<&str>("id")?;
        let plain = kwargs.get::<bool>("plain")?.unwrap_or_default();
        let words = state.get::<Value>("words")?;
        let tongues = words.as_ref().and_then(|words| words.as_map()?.get(&Key::Str(TONGUES))?.as_array());
        let [lang, tongues @ ..] = tongues.ok_or_else(|| Error::message("`say` needs `words`: a component must name `@words`"))? else {
            return Err(Error::message("`words` name no language"));
        };
        let mut speakers = tongues.iter().filter_map(Value::as_str).flat_map(|tag| self.0.tongues(tag));
        let lang = lang.as_str().unwrap_or_default();
        let said = speakers.find_map(|tongue| tongue.say(id, &kwargs, plain || primary(&tongue.tag) == primary(lang)));
        said.ok_or_else(|| Error::message(format!("no message `{id}` takes these arguments")))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

impl Tongue {
    /// `None` when there is no such message, or it wants other arguments.
    fn say(&self, id: &str, kwargs: &Kwargs, own: bool) -> Option<Value> {
        let small = small(kwargs).filter(|_| own);
        let known = |small: usize| self.counted.read().unwrap_or_else(PoisonError::into_inner).get(id)?.get(small)?.clone();
        if let Some(known) = small.and_then(known) {
            return Some(known);
        }
        let said = self.speak(id, kwargs, own)?;
        if let Some(small) = small {
            let mut counted = self.counted.write().unwrap_or_else(PoisonError::into_inner);
            let of_id = counted.entry(id.into()).or_default();
            of_id.resize(of_id.len().max(small + 1), None);
            of_id[small] = Some(said.clone());
        }
        Some(said)
    }

    fn speak(&self, id: &str, kwargs: &Kwargs, own: bool) -> Option<Value> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let args: FluentArgs<'_> = kwargs.iter().filter_map(|(key, value)| argument(key.as_str()?, value)).collect();
        let mut errors = Vec::new();
        let html = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        errors.is_empty().then(|| Value::safe_string(&if own { html } else { Cow::Owned(spanned(&self.tag, &html)) }))
    }
}

/// The one argument `n`, when it is a small number.
fn small(kwargs: &Kwargs) -> Option<usize> {
    let mut number = None;
    for (key, value) in kwargs.iter() {
        match key.as_str()? {
            "n" => number = Some(u64::try_from(value.as_u128()?).ok().filter(|number| *number < SMALL)?),
            key if OWN.contains(&key) => {}
            _ => return None,
        }
    }
    usize::try_from(number?).ok()
}

fn argument<'a>(key: &'a str, value: &'a Value) -> Option<(&'a str, FluentValue<'a>)> {
    let value = match value.as_str() {
        _ if OWN.contains(&key) => return None,
        Some(html) if value.is_safe() => FluentValue::String(html.into()),
        Some(text) => FluentValue::String(escaped(text)),
        None => FluentValue::from(value.as_f64().or_else(|| value.as_i128()?.to_string().parse().ok())?),
    };
    Some((key, value))
}

/// Text as HTML, for attributes too.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let mut html = String::with_capacity(text.len() + 16);
    push_attribute(&mut html, text);
    Cow::Owned(html)
}
