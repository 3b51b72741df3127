//! Positions in the archive's lists: four bytes in place of a string, and no dangling.

macro_rules! index {
    ($(#[doc = $doc:literal] $name:ident,)+) => {$(
        #[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// From a position in its list.
            pub fn new(position: usize) -> Self {
                Self(u32::try_from(position).expect("an archive has fewer than 2^32 of anything"))
            }

            /// The position in its list.
            pub fn position(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

index! {
    #[doc = "An article, in the order of dates and then slugs."]
    ArticleIx,
    #[doc = "An entity, in the order of ids."]
    EntityIx,
    #[doc = "A property, in the order of ids."]
    PropertyIx,
    #[doc = "A source, in the order of keys."]
    SourceIx,
    #[doc = "A plain page, in the order of slugs."]
    PageIx,
}

/// A fact: its article and its position there. Its order is that of the articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactRef {
    /// The article.
    pub article: ArticleIx,
    /// The position in the article's list of facts.
    pub fact: u32,
}
