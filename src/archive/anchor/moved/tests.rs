use super::*;

fn look(text: &str, exact: &str, prefix: &str, suffix: &str) -> Result<(String, Vec<String>), Option<Moved>> {
    let context = |words: &str| (!words.is_empty()).then(|| words.into());
    let anchor = Anchor { exact: exact.into(), prefix: context(prefix), suffix: context(suffix), occurrence: None };
    let found = look_for(text, &Passages::new(text), &anchor, &Lang::new("en").unwrap())?;
    Ok((text[found.range].to_owned(), found.differences.iter().map(ToString::to_string).collect()))
}

#[test]
fn a_denial_beside_the_quote_changes_it() {
    let text = "The mayor spoke. It is not true that the Test River slowly rose by three metres. Then it fell.";
    let (words, differences) = look(text, "The Test River rose by three metres", "mayor spoke. ", ". Then it").unwrap();
    assert_eq!(words, "the Test River slowly rose by three metres");
    assert!(differences.iter().any(|difference| difference.starts_with("negations differ")), "{differences:?}");
}

#[test]
fn half_a_word_of_the_context_is_no_other_name() {
    let text = "In Testville the river slowly rose by three metres. Then it fell.";
    let (_, differences) = look(text, "the river rose by three metres", "estville ", ". Then it fe").unwrap();
    assert_eq!(differences, [""; 0]);
}

#[test]
fn the_first_word_of_a_context_counts_where_it_is_whole() {
    let text = "The river rose. Nobody was hurt in the night. It fell.";
    let anchor = Anchor { exact: "was hurt in the night".into(), prefix: Some("Somebody ".into()), suffix: None, occurrence: None };
    let moved = in_place(text, &anchor, 23..44, &Lang::new("en").unwrap());
    assert_eq!(moved.differences.iter().map(ToString::to_string).collect::<Vec<_>>(), ["negations differ: none → nobody"]);
}

#[test]
fn a_first_word_that_stands_small_in_the_article_is_no_name_where_it_only_goes() {
    let found = |text: &str| look(text, "Costa counted the boats in the old harbour", "", "").map(|(_, differences)| differences);
    assert_eq!(found("The boats in the old harbour were counted. Nobody counted the boats in the old harbour of costa rossa.").ok(), None);
    let gone = "It counted the boats in the old harbour. Such boats are said to be of the costa kind.";
    assert_eq!(found(gone).unwrap(), [""; 0]);
    let other = "Ross counted the boats in the old harbour. A ross and a costa are kinds of boats.";
    assert_eq!(found(other).unwrap(), ["names differ: Costa → Ross"]);
    let unknown = "It counted the boats in the old harbour.";
    assert_eq!(found(unknown).unwrap(), ["names differ: Costa → none"]);
}

#[test]
fn what_stands_under_another_heading_says_something_else() {
    let under = |heading: &str, prefix: &str| {
        let text = format!("It fell.\n{heading}\nThe old mill was sold to the town for much.");
        look(&text, "The mill was sold to the town for much", prefix, "").unwrap().1
    };
    assert_eq!(under("Sales in 2024", "Sales in 2023\n"), ["dates differ: 2023 → 2024"]);
    assert_eq!(under("Claims that are false", "It fell.\nClaims\n"), ["negations differ: none → false"]);
    assert_eq!(under("The five mills of Test", "fell.\nThe two mills of Test\n"), ["numbers differ: 2 → 5"]);
    for (heading, prefix) in [
        ("Sales in 2023", "Sales in 2023\n"),
        ("No sales in 2023", "o sales in 2023\n"),
        ("The sales of the town", "The sales of 2023\n"),
        ("It fell in 2024.", "It fell in 2023.\n"),
        ("Chapter 2", "Introduction\n"),
    ] {
        assert_eq!(under(heading, prefix), [""; 0], "{heading:?} {prefix:?}");
    }
}

#[test]
fn a_sign_beside_the_last_number_belongs_to_the_quote() {
    let (words, differences) = look("Its sales rose sharply by 5 %. It said so.", "Its sales rose by 5 %", "", "").unwrap();
    assert_eq!((words.as_str(), differences.len()), ("Its sales rose sharply by 5 %", 0));
}

#[test]
fn a_quote_so_like_needs_no_words_around_it() {
    let text = "A headline\nThe old sample market by the river smells of fresh coffee and of wet paper.";
    let quote = "The old sample market by the river smells of coffee and of wet paper";
    assert!(look(text, quote, "Nobody seemed to mind the rain. ", "").is_ok());
}

#[test]
fn a_figure_at_an_end_may_be_written_with_other_words() {
    for (text, quote, expected) in [
        (
            "Then more than 300 people came to the old fair.",
            "over 300 people came to the old fair",
            "more than 300 people came to the old fair",
        ),
        ("More than 300 people came to the old fair.", "Over 300 people came to the old fair", "More than 300 people came to the old fair"),
        (
            "So the town hall paid the mill 5 million dollars. It fell.",
            "the town hall paid the mill $5 million",
            "the town hall paid the mill 5 million dollars",
        ),
        (
            "It said 5 million dollars was paid to the old mill.",
            "$5 million was paid to the old mill",
            "5 million dollars was paid to the old mill",
        ),
        (
            "It said USD 5 million was paid to the old mill.",
            "$5 million was paid to the old mill",
            "USD 5 million was paid to the old mill",
        ),
        (
            "It said USD 5 million was paid to the old mill.",
            "5 million dollars was paid to the old mill",
            "USD 5 million was paid to the old mill",
        ),
    ] {
        let (words, differences) = look(text, quote, "", "").unwrap_or_else(|near| panic!("{quote:?} in {text:?}: {near:?}"));
        assert_eq!((words.as_str(), differences), (expected, Vec::new()), "{quote:?}");
    }
    for (text, quote) in [
        ("Then fewer than 300 people came to the old fair.", "over 300 people came to the old fair"),
        ("More came, than 300 people came to the old fair.", "Over 300 people came to the old fair"),
        ("So the town hall paid the mill 5 million euros. It fell.", "the town hall paid the mill $5 million"),
    ] {
        let found = look(text, quote, "", "");
        assert!(found.as_ref().is_err() || found.as_ref().is_ok_and(|(_, differences)| !differences.is_empty()), "{quote:?}: {found:?}");
    }
}

#[test]
fn without_context_a_quote_in_other_words_is_found_where_nothing_else_is_like_it() {
    let text = "It rained in Testville. The steering council holds the following powers of decision: it votes. Then it ended.";
    let (words, differences) = look(text, "The standing council holds the following powers of decision", "", "").unwrap();
    assert_eq!((words.as_str(), differences.len()), ("The steering council holds the following powers of decision", 0));
}

#[test]
fn a_sentence_that_lost_its_other_half_is_no_answer() {
    let quote = "The old mill by the river grinds corn, for example the yellow corn of the village fields";
    assert!(look("The old mill by the river grinds corn. It is closed.", quote, "", "").is_err());
}

#[test]
fn without_context_a_look_alike_with_the_right_figure_is_no_answer() {
    let text = "The talks took 6 to 21 hours. Later talks took 6–12 hours.";
    assert!(look(text, "took 6 to 12 hours", "", "").is_err());
}

#[test]
fn a_quote_ends_where_the_words_after_it_stand() {
    let text = "You can start a program in a workspace by pulling its icon onto one. The program will open in the chosen workspace.";
    let quote = "You can start a program in a workspace by pulling its icon onto one of the side of the screen";
    let (words, _) = look(text, quote, "", ". The program will open in the ").unwrap();
    assert_eq!(words, "You can start a program in a workspace by pulling its icon onto one");
}

#[test]
fn first_words_that_were_replaced_by_more_of_them_belong_to_the_sentence() {
    for (text, quote) in [
        ("It grew. More than 300 people came to the village fair in May. It rained.", "Over 300 people came to the village fair in May"),
        ("It grew. In the end the people came to the village fair in May. It rained.", "Finally people came to the village fair in May"),
    ] {
        let (words, differences) = look(text, quote, "", "").unwrap();
        assert_eq!((words.ends_with("in May"), differences.len()), (true, 0), "{words:?} {differences:?}");
        assert!(words.starts_with("More than") || words.starts_with("In the end"), "{words:?}");
    }
}

#[test]
fn a_context_ends_where_its_figure_ends() {
    let figure = |text: &str, prefix: &str, suffix: &str| {
        let context = |words: &str| (!words.is_empty()).then(|| words.into());
        let anchor =
            Anchor { exact: "old boats lay in the harbour of".into(), prefix: context(prefix), suffix: context(suffix), occurrence: None };
        let lang = Lang::new("en").unwrap();
        match super::super::Haystack::new(text, &lang).find(&anchor) {
            super::super::Found::At(_) => "found",
            super::super::Found::Moved(moved) if moved.differences.is_empty() => "drifted",
            _ => "other",
        }
    };
    assert_eq!(figure("Then 5 old boats lay in the harbour of 5.", "5 ", " 5"), "found");
    assert_eq!(figure("Then 25 old boats lay in the harbour of 5.", "5 ", ""), "other");
    assert_eq!(figure("Then 1,005 old boats lay in the harbour of 5.", "5 ", ""), "other");
    assert_eq!(figure("Then 5 old boats lay in the harbour of 52.", "", " 5"), "other");
    assert_eq!(figure("Then 5 old boats lay in the harbour of 5.2.", "", " 5"), "other");
    // Tools cut a context at some number of characters.
    assert_eq!(
        figure(
            "It said that 25 sailors of the test fleet saw old boats lay in the harbour of Test.",
            "5 sailors of the test fleet saw ",
            ""
        ),
        "found"
    );
}

#[test]
fn without_context_a_look_alike_is_no_answer() {
    let text = "This is for web-based talks of all members. This is for mail-based talks of all members.";
    assert!(look(text, "This is for chat-based talks of all members", "", "").is_err());
}
