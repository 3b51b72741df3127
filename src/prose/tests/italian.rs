use super::{differ, say_the_same, state};

#[test]
fn numbers_are_the_same_however_they_are_written() {
    say_the_same(
        "it",
        &[
            ("3.000-4.000 persone", "da 3000 a 4000 persone"),
            ("il 5-6%", "dal 5% al 6%"),
            ("Nel 2025, 60 persone.", "60 persone nel 2025."),
            ("Lui, ha detto, ne ha 60.", "Lui ha detto: ne ha 60."),
            ("una delle due navi", "una tra le due navi"),
            ("1,2 miliardi di euro", "1,20 miliardi di €"),
            ("È il 1º, il 2º e il 3º", "È il primo, il secondo e il terzo"),
            ("40 anni", "quarant'anni"),
            ("circa 60 milioni di euro", "60 milioni di euro circa"),
            ("vinto 3–0", "vinto 3-0"),
            ("il 30-40 per cento", "il 30–40%"),
            ("dai 10 ai 15 anni", "10-15 anni"),
            ("mille persone", "1.000 persone"),
            ("duemila euro", "2.000 euro"),
            ("un centinaio di persone", "un centinaio, di persone"),
            ("Ha 60 milioni di utenti.", "Ha 60.000.000 di utenti."),
            ("Ha 60 milioni di utenti.", "Ha 60M di utenti."),
            ("Ha 60 milioni di utenti.", "Ha 60 mln di utenti."),
            ("Ha 60 milioni di utenti.", "Ha sessanta milioni di utenti."),
            ("Ha 60 milioni di utenti.", "Ha 60 000 000 di utenti."),
            ("Ha 60 milioni di utenti.", "Ha 60'000'000 di utenti."),
            ("2,5 miliardi", "2.500.000.000"),
            ("2,5 miliardi", "2,5 mld"),
            ("2,5 miliardi", "due miliardi e mezzo"),
            ("1.500 persone", "1500 persone"),
            ("1.500 persone", "millecinquecento persone"),
            ("90mila persone", "novantamila persone"),
            ("90 mila persone", "90.000 persone"),
            ("230.000 persone", "duecentotrentamila persone"),
            ("21 navi", "ventuno navi"),
            ("28 navi", "ventotto navi"),
            ("108 navi", "centotto navi"),
            ("1.846 navi", "milleottocentoquarantasei navi"),
            ("un milione di navi", "1 milione di navi"),
            ("mezzo milione di navi", "500.000 navi"),
            ("un milione e mezzo di navi", "1,5 milioni di navi"),
            ("2 milioni e 300 mila navi", "2.300.000 navi"),
            ("due milioni e trecentomila navi", "2,3 milioni di navi"),
            ("una dozzina di uova", "12 uova"),
            ("un terzo dei voti", "1/3 dei voti"),
            ("due terzi dei voti", "⅔ dei voti"),
            ("tre quarti dei voti", "¾ dei voti"),
            ("il terzo posto", "il 3º posto"),
            ("il terzo posto", "il 3° posto"),
            ("il ventesimo posto", "il 20° posto"),
            ("tra 10 e 15 persone", "da 10 a 15 persone"),
            ("10–15 persone", "10-15 persone"),
            ("da 5 a 10 milioni", "da 5 milioni a 10 milioni"),
            ("5%", "5 per cento"),
            ("il 5 %", "il cinque percento"),
            ("l'1%", "l'uno per cento"),
            ("dell'1,5%", "dell'1,5 per cento"),
            ("2 punti percentuali", "due punti percentuali"),
            ("−5 gradi", "-5 gradi"),
        ],
    );
}
#[test]
fn other_numbers_differ() {
    differ(
        "it",
        &[
            ("Covid-19", "Covid-20", "names differ: Covid-19 → Covid-20"),
            ("vinto 3–0", "vinto 3–1", "numbers differ: 3–0 → 3–1"),
            ("Ha 60 milioni di utenti.", "Ha 62 milioni di utenti.", "numbers differ: 60,000,000 → 62,000,000"),
            ("1.500 euro", "1,500 euro", "numbers differ: 1500 → 1.5"),
            ("1,5 punti", "15 punti", "numbers differ: 1.5 → 15"),
            ("60 milioni", "60 miliardi", "numbers differ: 60,000,000 → 60,000,000,000"),
            ("tra 10 e 15 persone", "tra 10 e 18 persone", "numbers differ: 10–15 → 10–18"),
            ("ventuno navi", "ventidue navi", "numbers differ: 21 → 22"),
            ("novantamila navi", "ottantamila navi", "numbers differ: 90,000 → 80,000"),
            ("−5 gradi", "5 gradi", "numbers differ: −5 → 5"),
            ("un terzo dei voti", "due terzi dei voti", "numbers differ: 1/3 → 2/3"),
            ("il terzo posto", "il quarto posto", "numbers differ: 3° → 4°"),
            ("il doppio dei voti", "il triplo dei voti", "numbers differ: 2 → 3"),
            ("il 5%", "5 punti percentuali", "units differ: % → percentage points"),
            ("5 km", "5 miglia", "units differ: km → miles"),
            ("5 uomini e 7 donne", "7 uomini e 5 donne", "numbers differ: 5, 7 → 7, 5"),
            ("il numero +39 02 1234567", "il numero +39 02 1234568", "names differ: 39021234567 → 39021234568"),
        ],
    );
}

#[test]
fn dates_are_the_same_however_they_are_written() {
    say_the_same(
        "it",
        &[
            ("il 13 gennaio 2025", "il 13 gen. 2025"),
            ("il 13 gennaio 2025", "il 13 gennaio del 2025"),
            ("il 13 gennaio 2025", "il 13/01/2025"),
            ("il 13 gennaio 2025", "il 13.01.2025"),
            ("il 13 gennaio 2025", "il 13-1-2025"),
            ("il 13 gennaio 2025", "il 2025-01-13"),
            ("il 3 aprile 2025", "il 03/04/2025"),
            ("il 1° gennaio", "il primo gennaio"),
            ("il 1º gennaio", "il 1 gennaio"),
            ("il 1° gennaio", "l'1 gennaio"),
            ("il 2 giugno 1946", "il 2 Giugno 1946"),
            ("dal 10 al 15 gennaio", "10–15 gennaio"),
            ("il 10 e l'11 gennaio", "il 10 gennaio e l'11 gennaio"),
            ("nel marzo 2024", "nel marzo del 2024"),
            ("nel terzo trimestre del 2024", "nel 3° trimestre 2024"),
            ("nel terzo trimestre 2024", "nel III trimestre 2024"),
            ("nel terzo trimestre 2024", "nel T3 2024"),
            ("nel primo semestre 2024", "nel 1° semestre del 2024"),
            ("gli anni Ottanta", "gli anni '80"),
            ("gli anni Ottanta", "gli anni ottanta"),
            ("nel XX secolo", "nel ventesimo secolo"),
            ("alle 18.30", "alle 18:30"),
            ("alle ore 18", "alle 18:00"),
            ("lunedì 13 gennaio", "Lunedì, 13 gennaio"),
            ("l'anno scorso", "lo scorso anno"),
            ("la settimana scorsa", "la scorsa settimana"),
            ("dal 2019 al 2024", "2019-2024"),
        ],
    );
}

#[test]
fn other_dates_differ() {
    differ(
        "it",
        &[
            ("il 13 gennaio", "il 20 gennaio", "dates differ: 13 January → 20 January"),
            ("il 13 gennaio", "il 13 giugno", "dates differ: 13 January → 13 June"),
            ("il 2 giugno 1946", "il 2 giugno", "dates differ: 2 June 1946 → 2 June"),
            ("nel 2024", "nel 2023", "dates differ: 2024 → 2023"),
            ("nel 1492", "nel 1493", "dates differ: 1492 → 1493"),
            ("alle 18.30", "alle 19.30", "dates differ: 18:30 → 19:30"),
            ("gli anni Ottanta", "gli anni Novanta", "dates differ: 80s → 90s"),
            ("nel terzo trimestre", "nel quarto trimestre", "dates differ: Q3 → Q4"),
            ("lo ha detto ieri", "lo ha detto oggi", "dates differ: `yesterday` → `today`"),
            ("lo ha detto lunedì", "lo ha detto martedì", "dates differ: Monday → Tuesday"),
            ("l'anno scorso", "il mese scorso", "dates differ: `last year` → `last month`"),
        ],
    );
}

#[test]
fn money_is_the_same_however_it_is_written() {
    say_the_same(
        "it",
        &[
            ("€5 milioni", "5 milioni di euro"),
            ("5 milioni di euro", "EUR 5 milioni"),
            ("5 milioni di euro", "5 mln €"),
            ("5 milioni di euro", "€5M"),
            ("5 milioni di dollari", "US$5 milioni"),
            ("5 milioni di dollari", "$5 milioni"),
            ("3,2 miliardi di sterline", "£3,2 mld"),
            ("40 miliardi di yuan", "40 miliardi di renminbi"),
            ("un euro", "1 euro"),
            ("2.000 euro", "2000 euro"),
            ("5 chilometri", "5 km"),
            ("5 milioni di tonnellate", "5.000.000 t"),
            ("100 mq", "cento metri quadrati"),
            ("20 °C", "20 gradi Celsius"),
        ],
    );
    differ(
        "it",
        &[
            ("5 milioni di euro", "5 milioni di dollari", "currencies differ: EUR → USD"),
            ("5 milioni di euro", "5 milioni", "currencies differ: EUR → no currency"),
            ("pagato in dollari", "pagato in euro", "currencies differ: USD → EUR"),
            ("cinque anni", "cinque mesi", "units differ: years → months"),
        ],
    );
}

#[test]
fn words_that_turn_the_sense_are_told() {
    say_the_same(
        "it",
        &[
            ("Nessuno è andato.", "Nessuna è andata."),
            ("Le vendite sono aumentate.", "Le vendite sono cresciute."),
            ("più di 60 persone", "oltre 60 persone"),
            ("circa 60 persone", "60 persone circa"),
            ("fino a 60 persone", "al massimo 60 persone"),
            ("Il gruppo, però, tace.", "Però il gruppo tace."),
            ("secondo il rapporto", "a detta del rapporto"),
        ],
    );
    differ(
        "it",
        &[
            ("Non è andato.", "È andato.", "negations differ: not → none"),
            ("Non è mai andato.", "Non è andato.", "negations differ: never → none"),
            ("È andato senza dirlo.", "È andato per dirlo.", "negations differ: without → none"),
            ("Il capo smentisce tutto.", "Il capo dice tutto.", "negations differ: deny → none"),
            ("Le vendite sono aumentate.", "Le vendite sono diminuite.", "words that turn the sense differ: rise → fall"),
            ("più veloce", "meno veloce", "words that turn the sense differ: more → less"),
            ("prima della guerra", "dopo la guerra", "words that turn the sense differ: before → after"),
            ("sopra la media", "sotto la media", "words that turn the sense differ: above → below"),
            ("tutti sono andati", "alcuni sono andati", "words that turn the sense differ: all → some"),
            ("È colpevole.", "È innocente.", "words that turn the sense differ: guilty → innocent"),
            ("Potrebbe andare.", "Sarà andato.", "words for how sure it is differ: possible → future"),
            ("Avrebbe detto.", "Ha detto.", "words for how sure it is differ: conditional → none"),
            ("il presunto ladro", "il ladro", "words for how sure it is differ: alleged → none"),
            ("almeno 60 persone", "al massimo 60 persone", "words for how exact it is differ: at least → at most"),
            ("circa 60 persone", "60 persone", "words for how exact it is differ: about → none"),
            ("migliaia di persone", "milioni di persone", "words that turn the sense differ: thousands → millions"),
        ],
    );
}

#[test]
fn names_are_told() {
    say_the_same(
        "it",
        &[
            ("Era tardi, e Rossi lo ha detto.", "Era tardi. Rossi lo ha detto."),
            ("Era tardi, e vendite scarse.", "Era tardi. Vendite scarse."),
            ("Tuttavia, l’Eni tace.", "Però l'Eni tace."),
            ("la società Eni tace", "la società ENI tace"),
            ("la D'Alema S.p.A. tace", "la D’Alema SpA tace"),
            ("Vengono da Francia, Italia e Spagna.", "Vengono da Spagna, Francia e Italia."),
            ("l'ondata di Covid-19", "l'ondata di Covid 19"),
            ("«Rossi», ha detto", "“Rossi” ha detto"),
        ],
    );
    differ(
        "it",
        &[
            ("il capo dell'Eni tace", "il capo dell'Enel tace", "names differ: Eni → Enel"),
            ("Rossi lo ha detto.", "Bianchi lo ha detto.", "names differ: Rossi → Bianchi"),
            ("Rossi batte Bianchi.", "Bianchi batte Rossi.", "order differs: Rossi, beat, Bianchi → Bianchi, beat, Rossi"),
            ("il G7 tace", "il G20 tace", "names differ: G7 → G20"),
            ("la rete 5G", "la rete 4G", "names differ: 5G → 4G"),
            ("un iPhone 15 nuovo", "un iPhone 16 nuovo", "names differ: iPhone 15 → iPhone 16"),
            ("gli F-35 volano", "gli F-16 volano", "names differ: F-35 → F-16"),
            ("l'articolo 5 della legge", "l'articolo 6 della legge", "names differ: articolo 5 → articolo 6"),
        ],
    );
}

#[test]
fn numbers_are_stated() {
    state("it", "Ha 60 milioni di utenti.", &[60e6], &[60.0, 62e6]);
    state("it", "Ha circa 60 milioni di utenti.", &[60e6, 59.8e6], &[57e6]);
    state("it", "È cresciuto dell'1,5% a 3,2 miliardi nel 1998.", &[1.5, 3.2e9, 1998.0], &[15.0, 3.2]);
    state("it", "A Milano 300 persone, l'articolo 5, il 3 maggio.", &[300.0], &[5.0, 3.0]);
    state("it", "Due milioni e mezzo di copie.", &[2.5e6], &[2e6, 2.0]);
}

#[test]
fn a_sentence_that_was_only_polished_says_the_same() {
    say_the_same(
        "it",
        &[
            (
                "Un recente riacquisto di azioni ha valutato il gruppo, non quotato, circa 300 miliardi di dollari.",
                "Il gruppo, non quotato, è stato valutato attorno ai $300 miliardi in un recente riacquisto di azioni.",
            ),
            (
                "Doubao è uscito nell’agosto 2023, cinque mesi dopo l’Ernie Bot di Baidu.",
                "Doubao è arrivato nell'agosto del 2023: 5 mesi dopo l'Ernie Bot, di Baidu.",
            ),
            ("Nel 2017 il gruppo aprì un laboratorio di IA.", "Il gruppo aprì nel 2017 un laboratorio di IA."),
            (
                "Per i centri dati può comprare solo l’H20, variante adattata.",
                "Può comprare soltanto l'H20 (variante adattata) per i centri dati.",
            ),
        ],
    );
}
