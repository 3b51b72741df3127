# The interface in English. Every language has the same keys.

skip_to_content = Skip to the text
lists = Lists
languages = Other languages
about_the_archive = About the archive
feed = Feed
made_with = made with

articles = Articles
entities = Names
properties = Properties
sources = Sources
timeline = Timeline
corrections = Corrections
coverage = Coverage
facts = Facts

# A number by itself.
number = { $n }

# With how many there are. A language has as many forms as it needs: zero, one, two, few, many, other.
articles_counted = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
facts_counted = { $n ->
    [one] { $n } fact
   *[other] { $n } facts
}
entities_counted = { $n ->
    [one] { $n } name
   *[other] { $n } names
}
sources_counted = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
checks_counted = { $n ->
    [one] { $n } check
   *[other] { $n } checks
}
more_facts = { $n ->
    [one] and { $n } more fact
   *[other] and { $n } more facts
}
more_disagreements = { $n ->
    [one] and { $n } more case
   *[other] and { $n } more cases
}

# At the head of a column.
article = article
entity = name
facts_in = facts
source = source

latest_article = The latest article
latest_articles = Latest articles
most_mentioned = Most often mentioned
nothing_yet = Nothing here yet.
kinds = Kinds
years = Years
all_years = All years
undated = Undated

pages = Pages
# A page of a long list, and how many items the list has.
page_of = page { $number } of { $count }
in_all = { $n } in all
previous = Previous
next = Next
newer = Newer
older = Older
newest = newest
oldest = oldest

coverage_stand = How much of what the articles say has been looked at, and how it stands.
coverage_once = A fact that a translation repeats counts once here.
coverage_by_status = Facts by status
coverage_work = Work done and to do
coverage_means = Checked: somebody looked at it. Sourced: evidence is named, for or against. Overdue: the day for another look has passed.
coverage_by_year = Facts by year of the article
coverage_by_kind = Facts by kind
coverage_by_article = Article by article
coverage_checked = checked
coverage_sourced = sourced
coverage_stale = overdue
coverage_disputed = disputed

corrections_stand = What was wrong in an article, and what is right.
corrections_feed = Feed of the corrections
no_corrections = Nothing has been corrected yet.

by = By
# A date, as it is printed.
updated = changed { $date }
read_on = read on { $date }

original = original
archived = archived copy
translated_from = Translated from
translated_by = by
concerns = Concerns
contents = Contents
about = About
rights = Rights
tags = Keywords

more = More
gone = These words are no longer in the article.
gone_facts = Facts whose words are gone
wording = wording
reworded = reworded since it was quoted, and says the same
checked = checked
confidence = confidence
stated = in its own words
read_on_day = read on
review_after = to review after
responds_to = answers
same_as = the same in
replaces = replaces

property = Property
unit = unit
functional = one value at a time
facts_that_cite = Facts that rest on it
known = What is known
also_called = also called
not_to_confuse = not to be confused with
elsewhere = elsewhere
relations = Relations
source_mark = source
disagreements = Where the facts disagree
other_facts = Other facts
mentioned_in = Mentioned in
born = born
died = died
founded = founded
dissolved = dissolved

not_found_title = There is no such page
not_found_text = The address may have changed, or something was mistyped. Start again from the front page:
moved_to = This page has moved to

status_confirmed = confirmed
status_corroborated = corroborated
status_single_source = single source
status_attributed = attributed
status_unchecked = unchecked
status_unverifiable = unverifiable
status_disputed = disputed
status_refuted = refuted
status_superseded = superseded
status_withdrawn = withdrawn

fact_quantity = figure
fact_event = event
fact_relation = relation
fact_quotation = quotation
fact_response = response
fact_attribute = attribute
fact_plan = plan

mode_said = said by
mode_wrote = written by
mode_reported = reported by
mode_estimated = estimated by
mode_announced = announced by
mode_denied = denied by
mode_declined = no comment from

naming_named = named
naming_described = described, not named
naming_anonymous = anonymous

since_same = the sentence has not changed since
since_changed = the sentence has changed since
stance_supports = supports
stance_contradicts = contradicts
stance_context = context

confidence_high = high
confidence_medium = medium
confidence_low = low
confidence_unknown = not stated

state_draft = A draft: not yet published.
state_in_review = In review: not yet published.
state_approved = Approved: not yet published.
state_published = Published.
state_withdrawn = The archive has withdrawn this article. Neither its text nor its facts are shown.

publish_full = The whole text is shown.
publish_excerpts = Only the passages that carry facts are shown; the whole text is at the original.
publish_facts_only = Only the facts are shown; the text is at the original.

# Figures over time, relations, and the front page.
known_references = References
more_values = and { $n } more
figures = Figures over time
figure_values = { $n ->
    [one] { $n } value
   *[other] { $n } values
}
figure_from = from
figure_to = to
figure_drawn = { $n } of them drawn: of each stretch of time the lowest and the highest
figure_contested = { $n } contested
figure_log = logarithmic scale: equal distances are equal factors
figure_table = The same as a table
figure_how = Open: about. Ring: disputed. Cross: refuted. Bar: a span or a range.
as_of = as of
of_whom = of
answer = value
status = status
stated_by = stated by
relations_list = The same as a list
relations_more = { $n } more in the list
events = Timeline
latest_checks = Latest checks
names_by_kind = Names, by how often they appear

# The search page.
search = Search
search_what = Words, names or figures
search_go = Find
search_without = Searching needs JavaScript. Without it, the lists lead everywhere:
search_names = Names and titles
search_narrow = Narrow down
search_none = Nothing found. All words must stand in one article, fact or name.
search_broken = The search index could not be read. Try again.
search_one = result
search_many = results
search_more = More results
search_kind = Kind
search_status = Status
search_year = Year
search_publisher = Publisher
search_lang = Language

# The article page.
reading = Reading
# For the script, in the order in which it takes them.
script = Colours|as the system|light|dark|Width|narrow|middling|wide|Keys|next note|previous note|open the note of these words|back to the words|this list|keys of one letter|copy|copied|close|cite this
also_in = Also in
review = How the facts stand
filter = Show facts that are
with_evidence = { $n } with evidence
with_check = { $n } checked
last_check = last check { $date }
permalink = permalink
in_text = in the text
cite = cite this
data = data
checked_by_nobody = by nobody yet
