//! The site's icons: the archive's own, or the theme's.

use super::Site;
use super::routes::Address;
use super::views::Icon;

/// Files under `static/` that are icons, and the types by which a browser knows them.
const OWN: [(&str, &str); 2] = [("favicon.svg", "image/svg+xml"), ("favicon.ico", "image/x-icon")];
const TOUCH: &str = "apple-touch-icon.png";

impl Site<'_> {
    /// What pages name as icons. A telephone asks for one of pixels, which only an archive can have.
    pub(in crate::site) fn icons(&self) -> Vec<Icon> {
        let has = |name: &str| self.archive.assets.binary_search_by(|file| file.as_str().cmp(&format!("static/{name}"))).is_ok();
        let icon = |rel, name: &str, kind| Icon { rel, url: self.tree.routes.url(&Address::new(name)), kind };
        let mut icons: Vec<Icon> = OWN.iter().filter(|(name, _)| has(name)).map(|(name, kind)| icon("icon", name, *kind)).collect();
        if icons.is_empty() {
            icons.push(icon("icon", "assets/favicon.svg", "image/svg+xml"));
        }
        icons.extend(has(TOUCH).then(|| icon("apple-touch-icon", TOUCH, "image/png")));
        icons
    }
}
