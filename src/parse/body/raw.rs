//! Raw inline HTML as far as a body must know it: which element a tag is of, and which elements hide the words
//! between their tags from readers.

/// What a piece of raw inline HTML does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawTag<'t> {
    /// Opens the element of this name, as written.
    Open(&'t str),
    /// Closes the element of this name, as written.
    Close(&'t str),
    /// A comment, a declaration, an instruction.
    Nothing,
}

impl<'t> RawTag<'t> {
    /// `raw` is one tag with its angle brackets.
    pub fn read(raw: &'t str) -> Self {
        let inner = raw.strip_prefix('<').unwrap_or_default();
        let closing = inner.strip_prefix('/');
        let inner = closing.unwrap_or(inner);
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
        match closing {
            _ if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => Self::Nothing,
            Some(_) => Self::Close(name),
            None => Self::Open(name),
        }
    }
}

/// Elements whose content is no running text: programs, styles, forms, pictures, what other pages show.
const HIDING: [&str; 22] = [
    "applet",
    "audio",
    "canvas",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
    "datalist",
    "head",
    "frameset",
];
/// Those of them that may stand inside themselves.
const NESTING: [&str; 6] = ["math", "object", "svg", "template", "canvas", "video"];

/// The element that hides what is being read.
#[derive(Debug, Default)]
pub(super) struct Hiding {
    element: Option<&'static str>,
    depth: usize,
}

impl Hiding {
    /// Whether words are hidden now.
    pub(super) fn is_on(&self) -> bool {
        self.element.is_some()
    }

    /// A block ends or begins: nothing hides beyond it.
    pub(super) fn end(&mut self) {
        self.element = None;
    }

    /// Takes note of a tag; says whether the tag itself belongs to what is hidden.
    pub(super) fn meet(&mut self, raw: &str) -> bool {
        let Some(element) = self.element else { return self.begin(raw) };
        match RawTag::read(raw) {
            RawTag::Open(name) if name.eq_ignore_ascii_case(element) && NESTING.contains(&element) => {
                self.depth += usize::from(!is_empty(raw, element));
            }
            RawTag::Close(name) if name.eq_ignore_ascii_case(element) => {
                self.depth -= 1;
                self.element = Some(element).filter(|_| self.depth > 0);
            }
            _ => {}
        }
        true
    }

    fn begin(&mut self, raw: &str) -> bool {
        let RawTag::Open(name) = RawTag::read(raw) else { return false };
        let Some(element) = HIDING.iter().find(|element| element.eq_ignore_ascii_case(name)) else { return false };
        self.element = Some(*element).filter(|element| !is_empty(raw, element));
        self.depth = 1;
        true
    }
}

fn is_empty(raw: &str, element: &str) -> bool {
    raw.ends_with("/>") && ["svg", "math"].contains(&element)
}
