//! What pages say of a picture beside its address and its words: its size, so that nothing moves when it comes, and the
//! smaller ones that a browser may take in its place.

use super::Site;
use super::routes::Address;
use crate::archive::graph::Href;
use crate::base::SourcePath;
use crate::picture::{Picture, WIDTHS};

/// How wide the theme shows pictures: as wide as its text, with 16 pixels to the `em`.
const SIZES: &str = "(min-width: 44em) 40em, 100vw";

impl Site<'_> {
    /// Attributes for those of `links` that are pictures of the archive's own, in their order.
    ///
    /// Of a drawing in SVG nothing is known, and it is copied as it is. As the picture of a page it is safe, whoever drew it:
    /// in an `<img>` browsers run no script of it and fetch nothing for it, whatever the policy of the page. Opened by itself it
    /// is a document of its own, which no policy of a page reaches; there only a header of the host can keep scripts out.
    pub(in crate::site) fn pictures(&self, links: &[Href]) -> Vec<Option<Box<str>>> {
        let attributes = |href: &Href| match href {
            Href::Asset(file) => self.archive.pictures.get(file).map(|picture| self.attributes(file, picture)),
            _ => None,
        };
        links.iter().map(attributes).collect()
    }

    fn attributes(&self, file: &SourcePath, picture: &Picture) -> Box<str> {
        let mut html = format!(" width=\"{}\" height=\"{}\"", picture.width, picture.height);
        let smaller = |width| (self.tree.routes.smaller(file, picture, width), width);
        let mut candidates: Vec<(Address, u32)> = picture.widths().map(smaller).collect();
        if candidates.is_empty() {
            return html.into();
        }
        // One that is much larger than the largest that is made would only be fetched for nothing.
        if picture.width <= WIDTHS[WIDTHS.len() - 1] {
            candidates.push((self.tree.routes.asset(file), picture.width));
        }
        let candidates: Vec<String> =
            candidates.iter().map(|(address, width)| format!("{} {width}w", self.tree.routes.url(address))).collect();
        html.push_str(" srcset=\"");
        super::views::html::push_attribute(&mut html, &candidates.join(", "));
        html.push_str(&format!("\" sizes=\"{SIZES}\""));
        html.into()
    }
}
