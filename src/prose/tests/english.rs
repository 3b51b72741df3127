use super::{differ, say_the_same, state};

#[test]
fn a_word_that_only_changes_its_case_is_no_other_name() {
    say_the_same("en", &[("The Mayor of Testville spoke", "The mayor of Testville spoke")]);
    differ("en", &[("The Bank of Testville paid the bank", "The people of Testville paid the bank", "names differ: Bank → none")]);
}

#[test]
fn numbers_are_the_same_however_they_are_written() {
    say_the_same(
        "en",
        &[
            ("3,000-4,000 people", "3000 to 4000 people"),
            ("$1.2bn-$1.5bn", "from $1.2 billion to $1.5 billion"),
            ("5-6% of it", "5% to 6% of it"),
            ("one of the men said that no man is one", "one of the men said that no man is it"),
            ("In 2025, 60 people came.", "60 people came in 2025."),
            ("It was, he said, 60.", "It was 60, he said."),
            ("60 people (of 100) came", "60 people of 100 came"),
            ("1st, 2nd and 3rd", "first, second and third"),
            ("He may be 40 years old.", "He might be 40-years-old."),
            ("They won 3–0.", "They won 3-0."),
            ("open 24/7 since 9/11", "open 24/7, since 9/11"),
            ("in July 2020 and May 2021", "in Jul. 2020, and May 2021"),
            ("a 3.5-mile walk", "a 3.5 mile walk"),
            ("about €60 million", "around 60 million euros"),
            ("5 million-plus users", "5 million plus users"),
            ("30 to 40 per cent", "30–40%"),
            ("It has 60 million users.", "It has 60,000,000 users."),
            ("It has 60 million users.", "It has 60M users."),
            ("It has 60 million users.", "It has sixty million users."),
            ("It has 60 million users.", "It has 60 000 000 users."),
            ("It has 60 million users.", "It has 60\u{202f}000\u{a0}000 users."),
            ("It has 60 million users.", "It has 60'000'000 users."),
            ("It has 60 million users.", "It has 60.000.000 users."),
            ("It has 60m users.", "It has 60 mln users."),
            ("2.5 billion rows", "2,500,000,000 rows"),
            ("2.5 billion rows", "2.5bn rows"),
            ("2.5 billion rows", "two and a half billion rows"),
            ("2.5 billion rows", "2½ billion rows"),
            ("1.5 points", "1.50 points"),
            ("1,500 people", "1500 people"),
            ("1,500 people", "1.5k people"),
            ("1,500 people", "one thousand five hundred people"),
            ("1,500 people", "fifteen hundred people"),
            ("21 ships", "twenty-one ships"),
            ("21 ships", "twenty one ships"),
            ("105 ships", "one hundred and five ships"),
            ("a hundred ships", "100 ships"),
            ("half a million ships", "500,000 ships"),
            ("half a million ships", "0.5 million ships"),
            ("one and a half million", "1.5 million"),
            ("a million and a half", "1.5 million"),
            ("a dozen eggs", "12 eggs"),
            ("two dozen eggs", "24 eggs"),
            ("a third of voters", "one third of voters"),
            ("two thirds of voters", "2/3 of voters"),
            ("two-thirds of voters", "⅔ of voters"),
            ("three quarters of voters", "¾ of voters"),
            ("three quarters of voters", "0.75 of voters"),
            ("the third time", "the 3rd time"),
            ("the twenty-first time", "the 21st time"),
            ("10–15 people", "10 to 15 people"),
            ("from 10 to 15 people", "between 10 and 15 people"),
            ("10-15 million people", "10 million to 15 million people"),
            ("$10–15m", "from $10 million to $15 million"),
            ("−5 points", "-5 points"),
            ("minus 5 points", "−5 points"),
            ("5%", "5 per cent"),
            ("5 %", "five percent"),
            ("one per cent", "1%"),
            ("2 percentage points", "two percentage points"),
            ("twice as many", "double as many"),
            ("two million three hundred thousand", "2,300,000"),
            ("5 trillion", "5,000,000,000,000"),
        ],
    );
}

#[test]
fn other_numbers_differ() {
    differ(
        "en",
        &[
            ("Covid-19 came", "Covid-20 came", "names differ: Covid-19 → Covid-20"),
            ("In May, 5 came.", "In June, 5 came.", "dates differ: May → June"),
            ("9/11", "9/12", "numbers differ: 9/11 → 0.75"),
            ("They won 3–0.", "They won 3–1.", "numbers differ: 3–0 → 3–1"),
            ("1st", "2nd", "numbers differ: 1° → 2°"),
            ("It has 60 users.", "It has 62 users.", "numbers differ: 60 → 62"),
            ("60 million", "60 billion", "numbers differ: 60,000,000 → 60,000,000,000"),
            ("1.5 points", "15 points", "numbers differ: 1.5 → 15"),
            ("1.500 points", "1,500 points", "numbers differ: 1.5 → 1500"),
            ("-5 points", "5 points", "numbers differ: −5 → 5"),
            ("10–15 people", "10–18 people", "numbers differ: 10–15 → 10–18"),
            ("10 and 15 people", "10 to 15 people", "numbers differ: 10, 15 → 10–15"),
            ("5 men and 7 women", "7 men and 5 women", "numbers differ: 5, 7 → 7, 5"),
            ("5 men and 7 women", "5 men", "numbers differ: 7 → none"),
            ("the third time", "three times", "numbers differ: 3° → 3; units differ: none → times"),
            ("5%", "5 percentage points", "units differ: % → percentage points"),
            ("5 km", "5 miles", "units differ: km → miles"),
            ("sales doubled", "sales tripled", "numbers differ: 2 → 3"),
            ("a third", "two thirds", "numbers differ: 1/3 → 2/3"),
            ("007", "008", "names differ: 007 → 008"),
            ("version 1.2.3 is out", "version 1.2.4 is out", "names differ: version 1.2.3 → version 1.2.4"),
            ("ring +44 20 7946 0018", "ring +44 20 7946 0019", "names differ: 442079460018 → 442079460019"),
        ],
    );
}

#[test]
fn dates_are_the_same_however_they_are_written() {
    say_the_same(
        "en",
        &[
            ("on 13 January 2025", "on January 13, 2025"),
            ("on 13 January 2025", "on January 13th, 2025"),
            ("on 13 January 2025", "on the 13th of January 2025"),
            ("on 13 January 2025", "on 13 Jan. 2025"),
            ("on 13 January 2025", "on Jan. 13 2025"),
            ("on 13 January 2025", "on 2025-01-13"),
            ("on 13 January 2025", "on 13/01/2025"),
            ("on 13 January 2025", "on 01/13/2025"),
            ("on 13 January 2025", "on 13.1.2025"),
            ("on 3 March 2025", "on 3/3/2025"),
            ("on 1 May", "on the first of May"),
            ("on 1 May", "on May 1st"),
            ("10–15 January", "from 10 to 15 January"),
            ("10–15 January", "January 10–15"),
            ("10 and 11 January", "10 January and 11 January"),
            ("in March 2024", "in March of 2024"),
            ("in March 2024", "in Mar 2024"),
            ("in Q3 2024", "in the third quarter of 2024"),
            ("in Q3 2024", "in the 3rd quarter 2024"),
            ("the first half of 2024", "H1 2024"),
            ("the 20th century", "the twentieth century"),
            ("at 18:30", "at 6.30 pm"),
            ("at 18:30", "at 6:30 p.m."),
            ("at 6 pm", "at 18:00"),
            ("from 2019 to 2024", "2019–2024"),
            ("the 2023-24 season", "the 2023/24 season"),
            ("on Monday", "on Mon."),
            ("last year", "the previous year"),
        ],
    );
}

#[test]
fn other_dates_differ() {
    differ(
        "en",
        &[
            ("on 13 January", "on 20 January", "dates differ: 13 January → 20 January"),
            ("on 13 January 2025", "on 13 January", "dates differ: 13 January 2025 → 13 January"),
            ("on 03/04/2025", "on 3 April 2025", "dates differ: 3/4/2025 → 3 April 2025"),
            ("in 2024", "in 2023", "dates differ: 2024 → 2023"),
            ("from 2019 to 2024", "from 2024 to 2019", "dates differ: 2019, 2024 → 2024, 2019"),
            ("Q3 2024", "Q4 2024", "dates differ: Q3 2024 → Q4 2024"),
            ("in the 1980s", "in the 1990s", "dates differ: 1980s → 1990s"),
            ("at 18:30", "at 6.30 am", "dates differ: 18:30 → 6:30"),
            ("He left on Monday.", "He left on Tuesday.", "dates differ: Monday → Tuesday"),
            ("He spoke yesterday.", "He spoke today.", "dates differ: `yesterday` → `today`"),
            ("It grew last year.", "It grew.", "dates differ: `last year` → none"),
            ("the 20th century", "the 21st century", "dates differ: century 20 → century 21"),
        ],
    );
}

#[test]
fn money_is_the_same_however_it_is_written() {
    say_the_same(
        "en",
        &[
            ("€5 million", "5 million euros"),
            ("€5 million", "EUR 5m"),
            ("€5 million", "€5m"),
            ("$5", "US$5"),
            ("$5", "5 dollars"),
            ("$5", "five dollars"),
            ("£3.2bn", "3.2 billion pounds"),
            ("£3.2bn", "GBP 3.2 billion"),
            ("40 billion yuan", "RMB 40bn"),
            ("A$20", "20 Australian dollars"),
            ("a $5-million deal", "a 5-million-dollar deal"),
            ("5 km away", "five kilometres away"),
            ("a 10-year plan", "a 10 year plan"),
            ("5 kilometers", "5 kilometres"),
            ("20 °C", "20 degrees Celsius"),
        ],
    );
    differ(
        "en",
        &[
            ("€5 million", "$5 million", "currencies differ: EUR → USD"),
            ("€5 million", "5 million", "currencies differ: EUR → no currency"),
            ("paid in dollars", "paid in euros", "currencies differ: USD → EUR"),
            ("five years", "five months", "units differ: years → months"),
        ],
    );
}

#[test]
fn words_that_turn_the_sense_are_told() {
    say_the_same(
        "en",
        &[
            ("He did not go.", "He didn't go."),
            ("He cannot go.", "He can't go."),
            ("He cannot go.", "He can not go."),
            ("He will not go.", "He won't go."),
            ("Nobody went.", "No one went."),
            ("Sales rose.", "Sales increased."),
            ("It may rise.", "It might rise."),
            ("more than 60 people", "over 60 people"),
            ("about 60 people", "some 60 people"),
            ("at least 60 people", "no fewer than 60 people"),
            ("over the years it was so", "through the years it was so"),
        ],
    );
    differ(
        "en",
        &[
            ("He did not go.", "He did go.", "negations differ: not → none"),
            ("He has gone.", "He has never gone.", "negations differ: none → never"),
            ("He no longer goes.", "He goes.", "negations differ: longer → none"),
            ("He denied it.", "He told it.", "negations differ: deny → none"),
            ("Sales rose by 5%.", "Sales fell by 5%.", "words that turn the sense differ: rise → fall"),
            ("It was above par.", "It was below par.", "words that turn the sense differ: above → below"),
            ("He came before noon.", "He came after noon.", "words that turn the sense differ: before → after"),
            ("All went.", "Some went.", "words that turn the sense differ: all → some"),
            ("It will go.", "It may go.", "words for how sure it is differ: future → possible"),
            ("the alleged thief", "the thief", "words for how sure it is differ: alleged → none"),
            ("about 60 people", "60 people", "words for how exact it is differ: about → none"),
            ("at least 60 people", "at most 60 people", "words for how exact it is differ: at least → at most"),
            ("up to 60 people", "more than 60 people", "words for how exact it is differ: at most → more than"),
            ("thousands of people", "millions of people", "words that turn the sense differ: thousands → millions"),
        ],
    );
}

#[test]
fn names_are_told() {
    say_the_same(
        "en",
        &[
            ("It was late, and Rossi said so.", "It was late. Rossi said so."),
            ("It was late, and sales fell.", "It was late. Sales fell."),
            ("However, Apple went.", "But Apple went."),
            ("Apple's phones", "the phones of Apple"),
            ("the U.S. army", "the US army"),
            ("It came from France, Italy and Spain.", "It came from Italy, Spain and France."),
            ("the Guardian wrote", "The Guardian wrote"),
            ("Jean-Luc came", "Jean‑Luc came"),
            ("the Covid-19 wave", "the Covid 19 wave"),
            ("“Rossi”, he said", "'Rossi', he said"),
            ("He, too, went - to Rome.", "He too went – to Rome"),
            ("the organisation of the centre", "the organization of the center"),
        ],
    );
    differ(
        "en",
        &[
            ("the boss, Rossi, left it", "the boss, Bianchi, left it", "names differ: Rossi → Bianchi"),
            ("Rossi said so.", "Bianchi said so.", "names differ: Rossi → Bianchi"),
            ("Mario Rossi said so.", "Rossi said so.", "names differ: Mario → none"),
            ("Rossi beat Bianchi.", "Bianchi beat Rossi.", "order differs: Rossi, beat, Bianchi → Bianchi, beat, Rossi"),
            (
                "Apple rose and Tesla fell.",
                "Apple fell and Tesla rose.",
                "order differs: Apple, rise, Tesla, fall → Apple, fall, Tesla, rise",
            ),
            ("the G7 met", "the G20 met", "names differ: G7 → G20"),
            ("its 5G net", "its 4G net", "names differ: 5G → 4G"),
            ("an iPhone 15 was there", "an iPhone 16 was there", "names differ: iPhone 15 → iPhone 16"),
            ("an F-35 flew", "an F-16 flew", "names differ: F-35 → F-16"),
            ("H100 chips", "H200 chips", "names differ: H100 → H200"),
            ("France and Italy have 5 and 7", "Italy and France have 5 and 7", "order differs: France, Italy → Italy, France"),
        ],
    );
}

#[test]
fn numbers_are_stated() {
    state("en", "It has 60 million users.", &[60e6], &[60.0, 62e6]);
    state("en", "About 60 million users.", &[60e6, 59.8e6], &[57e6]);
    state("en", "60 million users.", &[60e6], &[59.8e6]);
    state("en", "It grew 1.5% to €3.2bn in 1998.", &[1.5, 3.2e9, 1998.0], &[15.0, 3.2]);
    state("en", "From 10 to 15 people with an iPhone 16 and 5G on 3 May.", &[10.0, 15.0], &[16.0, 5.0, 3.0, f64::NAN]);
    state("en", "The third man lost −0.1 points.", &[-0.1], &[3.0, 0.1]);
    state("en", "A 2000 strong army.", &[2000.0], &[]);
}
