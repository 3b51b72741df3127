//! A finding about the content: what is wrong, where, and what to do about it.

use super::Place;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not published until it is mended.
    Error,
    /// The site is published; somebody should look.
    Warning,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal $(at $level:ident)?,)+) => {
        /// What kind of finding it is. Stable: rules, suppressions and other programs name it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code, in the order of the pipeline.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is printed, such as `anchor::orphan`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// How bad an archive that says nothing else takes it, if it is an editorial rule. Other findings keep a
            /// file from being read as what it is: no archive can choose.
            pub fn rule(self) -> Option<Severity> {
                match self { $(Self::$variant => None $(.or(Some(Severity::$level)))?,)+ }
            }

            /// What is wrong, in a sentence.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim(),)+ }
            }
        }
    };
}

codes! {
    /// A file that is not UTF-8, or holds control characters.
    Encoding = "source::encoding",
    /// A file over the limit of its kind.
    TooLarge = "source::too_large",
    /// A link on the disk that leads out of the archive or round in a circle.
    Symlink = "source::symlink",
    /// A file whose name says that it is a source, in a way that nobody reads.
    Misnamed = "source::misnamed",
    /// Front matter that does not end.
    FrontMatter = "syntax::front_matter",
    /// Text that is not TOML, YAML, JSON, BibTeX or Fluent.
    Syntax = "syntax::data",
    /// A key that no part of the content model knows.
    UnknownKey = "schema::unknown_key",
    /// A required key that is not there.
    MissingKey = "schema::missing_key",
    /// A value of the wrong type.
    WrongType = "schema::wrong_type",
    /// A word outside its vocabulary.
    UnknownWord = "schema::unknown_word",
    /// A value of the right type that cannot be right: a date, a language, an address, an id.
    BadValue = "schema::bad_value",
    /// Two things with one id.
    DuplicateId = "id::duplicate",
    /// A sidecar without its article, or a second sidecar.
    Sidecar = "sidecar::article",
    /// A reference to something that is not in the archive.
    UnknownReference = "reference::unknown",
    /// A quote that its article does not contain.
    AnchorOrphan = "anchor::orphan" at Error,
    /// A quote that occurs more than once.
    AnchorAmbiguous = "anchor::ambiguous" at Error,
    /// A quote whose sentence now says something else: other numbers, dates, names, or a `not`.
    AnchorChanged = "anchor::changed" at Error,
    /// A quote whose sentence was reworded and still says the same.
    AnchorDrifted = "anchor::drifted" at Warning,
    /// A quote of words that are struck through.
    AnchorStruck = "anchor::struck" at Error,
    /// A quote before which its sentence denies it.
    AnchorDenied = "anchor::denied" at Warning,
    /// A quote of a few words with nothing around it to tell it from the next.
    AnchorTooShort = "anchor::too_short" at Warning,
    /// A number of the fact that is not in its words.
    Unstated = "value::unstated" at Warning,
    /// Two facts that give one property two values at one time.
    Contradiction = "fact::contradiction" at Error,
    /// A fact that was to be looked at again before today.
    ReviewDue = "fact::review_due" at Warning,
    /// A fact for which the archive has a newer value.
    NewerValue = "fact::newer_value" at Warning,
    /// A check that was made against other words than those of today.
    Outdated = "check::outdated" at Warning,
    /// A verdict without evidence.
    NoEvidence = "status::no_evidence" at Warning,
    /// A fact that counts as corroborated by fewer than two owners.
    OneOwner = "status::one_owner" at Warning,
    /// An anonymous source of whom it is not said how they know.
    NoBasis = "attribution::no_basis" at Warning,
    /// A confirmed fact that rests on anonymous sources alone.
    OnlyAnonymous = "attribution::only_anonymous" at Warning,
    /// A known name that nothing in the article links.
    Unlinked = "name::unlinked" at Warning,
    /// A link over words that its entity is said not to be.
    Denied = "name::denied" at Warning,
    /// A name that several entities bear, and nothing tells which is meant.
    SharedName = "name::shared" at Warning,
    /// Two entities that are probably one.
    DuplicateEntity = "entity::duplicate" at Warning,
    /// An entity that nothing mentions.
    UnusedEntity = "entity::unused" at Warning,
    /// A web page without an archived copy.
    NotArchived = "evidence::not_archived" at Warning,
    /// A web page that is no longer there.
    DeadLink = "evidence::dead_link" at Warning,
    /// An answer that does not say to what.
    ToNothing = "response::to_nothing" at Warning,
    /// Quoted speech that is not in the words of the article.
    Misquoted = "quotation::differs" at Warning,
    /// The whole text of somebody else, with no word on the right to publish it.
    NoRights = "rights::missing" at Warning,
    /// A source that nothing cites.
    UnusedSource = "bibliography::unused" at Warning,
    /// An article without facts.
    NoFacts = "article::no_facts" at Warning,
    /// A fact of a translation whose value is not the original's.
    TranslationDiffers = "translation::differs" at Warning,
    /// A picture without words for those who do not see it.
    WordlessPicture = "picture::no_words" at Warning,
    /// A name, label, claim or text that is not there in every language of the archive.
    Untranslated = "language::untranslated" at Warning,
    /// An exception from a rule that the fact does not break.
    UnusedAllow = "rule::unused_allow" at Warning,
    /// A message of the interface that nothing asks for, or that asks for what it is not given.
    UnknownMessage = "words::unknown" at Warning,
    /// A language of the interface that does not say everything.
    MissingMessage = "words::missing" at Warning,
    /// A link to a page that is not there.
    BrokenLink = "link::broken",
    /// A link to a heading that its page does not have.
    BrokenFragment = "link::fragment",
    /// A link to something that is not published in this build.
    Unpublished = "link::unpublished",
    /// A link with a scheme that is not let through.
    UnsafeLink = "link::unsafe",
    /// A picture that cannot be read as one.
    BrokenPicture = "picture::unreadable",
    /// A picture with so much in it that it is only copied.
    LargePicture = "picture::too_large",
    /// A title that a share card has no letters for.
    CardLetters = "share_card::letters",
    /// Two pages or files at one address.
    Collision = "route::collision",
    /// An address that cannot be a path in the output folder.
    BadAddress = "route::address",
    /// A template that cannot be read or rendered.
    Template = "template::error",
}

impl Code {
    /// The code that is printed as `text`.
    pub fn of(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// Whether only an archive that asks for the rule hears of it: it would find fault with most others.
    pub fn is_on_request(self) -> bool {
        self == Self::Untranslated
    }

    /// Whether a fact would stand for words that are no longer there, were it passed over in silence. An archive may make
    /// such a finding a warning, and can neither turn it off nor make an exception.
    pub fn is_promise(self) -> bool {
        matches!(self, Self::AnchorOrphan | Self::AnchorAmbiguous | Self::AnchorChanged | Self::AnchorDrifted)
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind it is.
    pub code: Code,
    /// A lowercase phrase without a full stop; names in backticks.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// Other places that have to do with it, each with a word on how.
    pub related: Vec<(Place, String)>,
    /// What else is known.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `place`.
    pub fn error(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, place, message.into())
    }

    /// A warning at `place`.
    pub fn warning(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, place, message.into())
    }

    fn new(severity: Severity, code: Code, place: Place, message: String) -> Self {
        Self { severity, code, message, place, related: Vec::new(), notes: Vec::new(), help: None }
    }

    /// The same, with another place shown beside it.
    #[must_use]
    pub fn related(mut self, place: Place, how: impl Into<String>) -> Self {
        self.related.push((place, how.into()));
        self
    }

    /// The same, with a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same, with advice; `None` leaves it without.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }

    /// Whether it keeps the site from being published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Whether any finding keeps the site from being published.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// Puts findings in the order of the files, errors of one spot before its warnings: the order of every report.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (&a.place, a.severity, a.code, &a.message).cmp(&(&b.place, b.severity, b.code, &b.message)));
}
