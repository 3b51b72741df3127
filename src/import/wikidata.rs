//! Entities of Wikidata, as `Special:EntityData` and the API give them: names, aliases, descriptions, dates and ids. Classes
//! become kinds by the archive's own table, and by a few that stand below those of the table.

use super::Ground;
use super::draft::{Drafts, Entity};
use super::loose::{self, Data};
use super::markdown::once;
use super::toml::Item;
use crate::base::{Code, Diagnostic, Outcome, Place, SourcePath};
use crate::parse::dates::Edtf;
use crate::parse::form;
use crate::tree::{Entry, Node, Value};

/// Reads one item, a list of them, or what stands under `entities`.
pub fn read(file: &SourcePath, text: &str, ground: Ground<'_>) -> Outcome<Drafts> {
    let mut found = Vec::new();
    let tree = match loose::parse(file, text, 0..text.len()) {
        Ok(tree) => tree,
        Err(refused) => return Outcome::new(Drafts::default(), vec![refused]),
    };
    let items = items(&tree.root);
    if items.is_empty() {
        let error = Diagnostic::error(Code::Syntax, Place::whole(file), "the file holds no item of Wikidata");
        found.push(error.help("save `https://www.wikidata.org/wiki/Special:EntityData/Q….json`".to_owned()));
    }
    let entities = items.into_iter().filter_map(|item| entity(file, item, ground, &mut found)).collect();
    Outcome::new(Drafts { entities, ..Drafts::default() }, found)
}

/// Whatever has labels and the id of an item.
fn items(root: &Node) -> Vec<Data<'_>> {
    let is_item = |node: &&Node| Data(node).get("labels").is_some() && Data(node).text("id").is_some_and(|id| form::wikidata(id).is_ok());
    let inner: Vec<&Node> = match (&root.value, Data(root).get("entities").map(|node| &node.value)) {
        (Value::List(items), _) | (_, Some(Value::List(items))) => items.iter().collect(),
        (_, Some(Value::Table(entries))) => entries.iter().map(|entry| &entry.node).collect(),
        _ => vec![root],
    };
    inner.into_iter().filter(is_item).map(Data).collect()
}

fn entity(file: &SourcePath, item: Data<'_>, ground: Ground<'_>, found: &mut Vec<Diagnostic>) -> Option<Entity> {
    let id = item.text("id")?;
    let mut warn = |message: String, help: &str| {
        found.push(Diagnostic::warning(Code::UnknownWord, item.place(file), message).help(help.to_owned()));
    };
    let names = by_lang(item, "labels", ground);
    let Some((_, name)) = names.first().cloned() else {
        warn(format!("`{id}` has no name, and is left out"), "give it a label in Wikidata");
        return None;
    };
    let claims = Claims(item.get("claims").map(Data));
    let Some(kind) = claims.kind(ground) else {
        let classes = claims.items("P31").join("`, `");
        let message = format!("`{name}` ({id}) is of no kind that the archive knows, and is left out: its class is `{classes}`");
        warn(message, "give a kind in `postilla.toml` this class, such as `[kinds.bridge] wikidata = \"Q12280\"`");
        return None;
    };
    let others = claims.others();
    if others > 0 {
        warn(
            format!("properties of `{id}` without a counterpart here are left out: {others}"),
            "state what matters as facts, with their sources",
        );
    }
    let mut aliases = aliases(item, ground);
    aliases.retain(|alias| names.iter().all(|(_, name)| name != alias));
    let date = |property| Item::text(claims.date(property).unwrap_or_default());
    let is_person = kind == "person";
    let (born, died) = if is_person { (date("P569"), date("P570")) } else { (Item::text(""), Item::text("")) };
    let (founded, dissolved) = if is_person { (Item::text(""), Item::text("")) } else { (date("P571"), date("P576")) };
    let keys = vec![
        ("name", Item::by_lang(names)),
        ("aliases", Item::texts(aliases)),
        ("summary", Item::by_lang(by_lang(item, "descriptions", ground))),
        ("wikidata", Item::text(id)),
        ("same_as", Item::texts(claims.addresses())),
        ("born", born),
        ("died", died),
        ("founded", founded),
        ("dissolved", dissolved),
    ];
    let wikidata = Some(id.to_owned());
    Some(Entity { from: item.place(file), foreign: id.to_owned(), name, kind: kind.into(), wikidata, keys, relations: Vec::new() })
}

/// The texts under a key in the languages of the archive; in another where there is none of these and it is a name.
fn by_lang(item: Data<'_>, key: &str, ground: Ground<'_>) -> Vec<(String, String)> {
    let Some(texts) = item.get(key).map(Data) else { return Vec::new() };
    let text = |tag: &str| Some((tag.to_owned(), Data(texts.get(tag)?).text("value")?.to_owned()));
    let own: Vec<_> = ground.languages.iter().filter_map(|lang| text(lang.as_str())).collect();
    if !own.is_empty() || key != "labels" {
        return own;
    }
    let any = || match &texts.0.value {
        Value::Table(entries) => entries.iter().find_map(|entry| text(&entry.key)),
        _ => None,
    };
    ["mul", "en"].into_iter().find_map(text).or_else(any).into_iter().collect()
}

fn aliases(item: Data<'_>, ground: Ground<'_>) -> Vec<String> {
    let Some(aliases) = item.get("aliases").map(Data) else { return Vec::new() };
    let tags = ground.languages.iter().map(crate::base::Lang::as_str).chain(["mul"]);
    once(tags.flat_map(|tag| aliases.all(tag)).filter_map(|alias| alias.text("value")).map(str::to_owned).collect())
}

/// The statements of an item.
#[derive(Clone, Copy)]
struct Claims<'t>(Option<Data<'t>>);

/// Classes that stand below those of the built-in kinds.
const BELOW: &[(&str, &[&str])] = &[
    ("company", &["Q4830453", "Q6881511", "Q891723", "Q167037", "Q1058914", "Q18388277"]),
    ("country", &["Q3624078", "Q7275"]),
    ("news_outlet", &["Q1110794", "Q192283", "Q1153191", "Q41298", "Q1616075"]),
    ("organisation", &["Q163740", "Q7278", "Q484652", "Q3918", "Q31855", "Q79913"]),
    ("place", &["Q515", "Q484170", "Q1549591", "Q747074", "Q3957", "Q532", "Q23442", "Q4022"]),
    ("public_body", &["Q192350", "Q2659904", "Q4471", "Q11010"]),
    ("event", &["Q198", "Q40231", "Q3839081"]),
    ("work", &["Q571", "Q7725634", "Q11424", "Q820655", "Q10870555", "Q13442814"]),
];

/// Identifiers of others, and the addresses that they are part of.
const ADDRESSES: &[(&str, &str)] = &[
    ("P856", ""),
    ("P213", "https://isni.org/isni/"),
    ("P214", "https://viaf.org/viaf/"),
    ("P227", "https://d-nb.info/gnd/"),
    ("P244", "https://id.loc.gov/authorities/"),
    ("P496", "https://orcid.org/"),
    ("P1278", "https://search.gleif.org/#/record/"),
    ("P1566", "https://www.geonames.org/"),
    ("P6782", "https://ror.org/"),
];

const DATES: [&str; 4] = ["P569", "P570", "P571", "P576"];

impl<'t> Claims<'t> {
    /// What is stated of a property: the preferred values, or all that are not deprecated.
    fn values(self, property: &str) -> Vec<Data<'t>> {
        let ranked = |rank: &str| {
            let statements = self.0.map(|claims| claims.all(property)).unwrap_or_default();
            let fits = statements.into_iter().filter(|statement| statement.text("rank").unwrap_or("normal") == rank);
            let value = |statement: Data<'t>| Some(Data(Data(Data(statement.get("mainsnak")?).get("datavalue")?).get("value")?));
            fits.filter_map(value).collect::<Vec<_>>()
        };
        let preferred = ranked("preferred");
        if preferred.is_empty() { ranked("normal") } else { preferred }
    }

    fn items(self, property: &str) -> Vec<&'t str> {
        self.values(property).into_iter().filter_map(|value| value.text("id")).collect()
    }

    fn kind(self, ground: Ground<'_>) -> Option<&str> {
        let kind_of = |class: &str| {
            let own = ground.kinds.iter().find(|(_, kind)| kind.wikidata.as_deref() == Some(class)).map(|(id, _)| &**id);
            own.or_else(|| BELOW.iter().find(|(id, below)| below.contains(&class) && ground.kinds.contains_key(*id)).map(|(id, _)| *id))
        };
        self.items("P31").into_iter().find_map(kind_of)
    }

    /// A date by EDTF, as precise as it is said to be.
    fn date(self, property: &str) -> Option<String> {
        let value = *self.values(property).first()?;
        let time = value.text("time")?.strip_prefix('+')?;
        let precision = match &value.get("precision")?.value {
            Value::Integer(precision) => *precision,
            _ => return None,
        };
        let length = match precision {
            11 => 10,
            10 => 7,
            9 => 4,
            _ => return None,
        };
        let date = time.get(..length)?;
        Edtf::parse(date).is_ok().then(|| date.to_owned())
    }

    fn addresses(self) -> Vec<String> {
        let each = ADDRESSES.iter().flat_map(|(property, before)| {
            let ids = self.values(property).into_iter().filter_map(|value| loose::plain(value.0));
            ids.map(move |id| if before.is_empty() { id.to_owned() } else { format!("{before}{}", id.replace(' ', "")) })
        });
        once(each.filter(|address| form::address(address).is_ok()).collect())
    }

    /// How many properties are not read.
    fn others(self) -> usize {
        let is_read = |entry: &&Entry| {
            let key = entry.key.as_str();
            key == "P31" || DATES.contains(&key) || ADDRESSES.iter().any(|(property, _)| *property == key)
        };
        match self.0.map(|claims| &claims.0.value) {
            Some(Value::Table(entries)) => entries.iter().filter(|entry| !is_read(entry)).count(),
            _ => 0,
        }
    }
}
