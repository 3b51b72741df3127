//! The kinds of entity, and what they are called in schema.org, Wikidata and `FollowTheMoney`.

use std::collections::BTreeMap;

use crate::base::{Lang, Words};
use crate::config::Kind;

/// id, English, English plural, Italian, Italian plural, schema.org, Wikidata, `FollowTheMoney`.
type Row = (&'static str, [&'static str; 4], &'static str, &'static str, &'static str);

const TABLE: &[Row] = &[
    ("ai_model", ["AI model", "AI models", "modello di IA", "modelli di IA"], "SoftwareApplication", "Q115305900", "Asset"),
    ("company", ["company", "companies", "azienda", "aziende"], "Organization", "Q783794", "Company"),
    ("country", ["country", "countries", "paese", "paesi"], "Country", "Q6256", ""),
    ("event", ["event", "events", "evento", "eventi"], "Event", "Q1656682", "Event"),
    ("news_outlet", ["news outlet", "news outlets", "testata", "testate"], "NewsMediaOrganization", "Q11032", "Organization"),
    ("organisation", ["organisation", "organisations", "organizzazione", "organizzazioni"], "Organization", "Q43229", "Organization"),
    ("person", ["person", "people", "persona", "persone"], "Person", "Q5", "Person"),
    ("place", ["place", "places", "luogo", "luoghi"], "Place", "", "Address"),
    ("product", ["product", "products", "prodotto", "prodotti"], "Product", "", "Asset"),
    ("public_body", ["public body", "public bodies", "ente pubblico", "enti pubblici"], "GovernmentOrganization", "Q327333", "PublicBody"),
    ("software", ["software", "software", "software", "software"], "SoftwareApplication", "Q7397", "Asset"),
    ("work", ["work", "works", "opera", "opere"], "CreativeWork", "Q386724", ""),
];

/// The built-in kinds with the archive's own laid over them, by id.
pub fn kinds(own: &BTreeMap<Box<str>, Kind>) -> BTreeMap<Box<str>, Kind> {
    let mut kinds: BTreeMap<_, _> = TABLE.iter().map(built_in).collect();
    kinds.extend(own.iter().map(|(id, kind)| (id.clone(), kind.clone())));
    kinds
}

fn built_in((id, [en, en_plural, it, it_plural], schema_org, wikidata, followthemoney): &Row) -> (Box<str>, Kind) {
    let known = |name: &str| (!name.is_empty()).then(|| name.into());
    let kind = Kind {
        label: words(en, it),
        plural: Some(words(en_plural, it_plural)),
        schema_org: known(schema_org),
        wikidata: known(wikidata),
        followthemoney: known(followthemoney),
    };
    ((*id).into(), kind)
}

fn words(en: &str, it: &str) -> Words {
    let tag = |tag| Lang::new(tag).expect("the table's languages are language tags");
    Words::ByLang(BTreeMap::from([(tag("en"), en.into()), (tag("it"), it.into())]))
}
