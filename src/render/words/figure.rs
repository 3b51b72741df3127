//! Numbers in the messages of a language, by Unicode's CLDR.

use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::types::FluentValue;
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::DecimalFormatterOptions;
use icu::locale::Locale;
use intl_memoizer::Memoizable;
use unic_langid::LanguageIdentifier;

struct Figures(DecimalFormatter);

impl Memoizable for Figures {
    type Args = ();
    type Error = ();

    fn construct(lang: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        let locale = Locale::try_from_str(&lang.to_string()).unwrap_or(Locale::UNKNOWN);
        DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default()).map(Self).map_err(|_| ())
    }
}

/// A number as readers of the language write it; other values as Fluent writes them.
pub(super) fn format<M: MemoizerKind>(value: &FluentValue<'_>, formats: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimal: Decimal = number.as_string().parse().ok()?;
    formats.with_try_get_threadsafe::<Figures, _, _>((), |figures| figures.0.format_to_string(&decimal)).ok()
}
