use super::{differ, say_the_same, state};

#[test]
fn numbers_are_the_same_however_they_are_written() {
    say_the_same(
        "it",
        &[
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
            ("1946 navi", "1946 navi"),
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
            ("il doppio", "il doppio"),
            ("−5 gradi", "-5 gradi"),
        ],
    );
}
#[test]
fn other_numbers_differ() {
    differ(
        "it",
        &[
            ("Ha 60 milioni di utenti.", "Ha 62 milioni di utenti.", "numbers differ: 60,000,000 → 62,000,000"),
            ("1.500 euro", "1,500 euro", "numbers differ: 1500 → 1.5"),
            ("1,5 punti", "15 punti", "numbers differ: 1.5 → 15"),
        ],
    );
}
