//! Corrections as newsrooms make them, in pairs: those of which somebody must look at the fact again, and those that
//! change nothing of what is said. Only the verdict is tested, and either way round.

use super::{never_the_same, say_the_same};

#[test]
fn other_amounts_are_no_matter_of_style() {
    never_the_same(
        "it",
        &[
            ("Erano una trentina di persone.", "Erano una quarantina di persone."),
            ("Erano una trentina di persone.", "Erano una ventina di persone."),
            ("Erano una decina di persone.", "Erano una dozzina di persone."),
            ("Erano un centinaio di persone.", "Erano un migliaio di persone."),
            ("Erano un centinaio di persone.", "Erano duecento persone."),
            ("Erano un centinaio di persone.", "Erano una cinquantina di persone."),
            ("Erano decine di persone.", "Erano centinaia di persone."),
            ("Erano decine di migliaia.", "Erano centinaia di migliaia."),
            ("Erano migliaia di persone.", "Erano alcune persone."),
            ("Erano migliaia di persone.", "Erano due migliaia di persone."),
            ("Erano due dozzine di navi.", "Erano tre dozzine di navi."),
            ("Erano due decine di navi.", "Erano tre decine di navi."),
            ("Erano una trentina di persone.", "Erano trenta persone."),
            ("Erano una ventina.", "Erano alcuni."),
            ("un paio di navi", "una decina di navi"),
            ("Il prezzo è quintuplicato.", "Il prezzo è quadruplicato."),
            ("Il prezzo quintuplicherà.", "Il prezzo triplicherà."),
            ("Vuole quintuplicare la spesa.", "Vuole raddoppiare la spesa."),
            ("Vuole decuplicare la spesa.", "Vuole quintuplicare la spesa."),
            ("I prezzi raddoppiarono.", "I prezzi triplicarono."),
            ("il quintuplo dei voti", "il quadruplo dei voti"),
            ("un calo di un terzo", "un calo di un quarto"),
            ("un calo di due terzi", "un calo di un terzo"),
            ("tre quinti dei voti", "due quinti dei voti"),
            ("metà dei voti", "un terzo dei voti"),
            ("il quinto posto", "il sesto posto"),
            ("il dodicesimo posto", "il tredicesimo posto"),
            ("È arrivato secondo.", "È arrivato terzo."),
            ("la seconda volta", "la prima volta"),
            ("10^6 batteri", "10^7 batteri"),
            ("10⁶ batteri", "10⁷ batteri"),
            ("10⁶ batteri", "10⁻⁶ batteri"),
            ("una potenza di 5 mW", "una potenza di 5 MW"),
            ("a 5 Mb al secondo", "a 5 MB al secondo"),
            ("50 centesimi", "50 euro"),
            ("50 centesimi di euro", "50 euro"),
            ("Nacque negli anni Sessanta.", "Nacque negli anni Settanta."),
            ("Nacque negli anni '60.", "Nacque negli anni Settanta."),
            ("Ha vinto due a uno.", "Ha vinto due a zero."),
            ("una lettera su dieci", "una lettera su venti"),
            ("Ha trent'anni.", "Ha quarant'anni."),
            ("un ventenne", "un trentenne"),
            ("due volte su tre", "una volta su tre"),
            ("ogni due anni", "ogni tre anni"),
            ("un biennio", "un triennio"),
            ("il ventennale", "il trentennale"),
            ("i due fratelli", "i tre fratelli"),
        ],
    );
    never_the_same(
        "en",
        &[
            ("It grew fivefold.", "It grew tenfold."),
            ("It grew fivefold.", "It grew sixfold."),
            ("It grew five-fold.", "It grew ten-fold."),
            ("Prices quintupled.", "Prices quadrupled."),
            ("It was built in the sixties.", "It was built in the seventies."),
            ("It was built in the Sixties.", "It was built in the Seventies."),
            ("10^6 bacteria", "10^7 bacteria"),
            ("10⁶ bacteria", "10⁹ bacteria"),
            ("2×10^6 bacteria", "2×10^7 bacteria"),
            ("a 5 mW laser", "a 5 MW laser"),
            ("a 5 Mb file", "a 5 MB file"),
            ("a 5 mm gap", "a 5 Mm gap"),
            ("It costs 50 pence.", "It costs 50 pounds."),
            ("It costs 50p.", "It costs £50."),
            ("It costs 50 cents.", "It costs 50 dollars."),
            ("It costs a penny.", "It costs a pound."),
            ("A third of voters", "A quarter of voters"),
            ("one third of voters", "two thirds of voters"),
            ("a fifth of voters", "a sixth of voters"),
            ("a twentieth of voters", "a thirtieth of voters"),
            ("three in ten voters", "four in ten voters"),
            ("He came second.", "He came third."),
            ("the second time", "the third time"),
            ("his 22nd win", "his 23rd win"),
            ("a dozen men", "a score of men"),
            ("dozens of men", "scores of men"),
            ("dozens of men", "hundreds of men"),
            ("a couple of men", "several men"),
            ("a pair of men", "a dozen men"),
            ("a twenty-year-old", "a thirty-year-old"),
            ("a man in his twenties", "a man in his thirties"),
            ("once a year", "twice a year"),
            ("biennial talks", "annual talks"),
            ("a decade ago", "a century ago"),
            ("a single vote", "two votes"),
            ("one of them died", "two of them died"),
            ("one person died", "three people died"),
        ],
    );
}

#[test]
fn other_roles_are_another_story() {
    never_the_same(
        "en",
        &[
            ("Alfa bought Beta.", "Alfa was bought by Beta."),
            ("Alfa sued Beta.", "Alfa was sued by Beta."),
            ("Alfa was sued by Beta.", "Beta was sued by Alfa."),
            ("the letter from Rossi to Bianchi", "the letter to Rossi from Bianchi"),
            ("the letter from Rossi to Bianchi", "the letter from Bianchi to Rossi"),
            ("Rossi sold the house to Bianchi.", "Rossi was sold the house by Bianchi."),
            ("Rossi lent money to Bianchi.", "Bianchi lent money to Rossi."),
            ("Rossi, who paid Bianchi, left.", "Bianchi, who paid Rossi, left."),
            ("the mayor of Rome, Rossi, and the mayor of Milan, Bianchi", "the mayor of Rome, Bianchi, and the mayor of Milan, Rossi"),
            ("the union sued the company", "the company sued the union"),
            ("The letter went from the union to the company.", "The letter went from the company to the union."),
            ("the minister accused the judge of lying", "the judge accused the minister of lying"),
            ("the police was attacked by the crowd", "the crowd was attacked by the police"),
        ],
    );
    never_the_same(
        "it",
        &[
            ("Alfa ha comprato Beta.", "Alfa è stata comprata da Beta."),
            ("Alfa ha denunciato Beta.", "Alfa è stata denunciata da Beta."),
            ("la lettera di Rossi a Bianchi", "la lettera di Bianchi a Rossi"),
            ("la lettera da Rossi a Bianchi", "la lettera a Rossi da Bianchi"),
            ("La casa passa da Rossi a Bianchi.", "La casa passa da Bianchi a Rossi."),
            ("La casa fu venduta a Rossi da Bianchi.", "La casa fu venduta da Rossi a Bianchi."),
            ("Il sindacato ha denunciato la società.", "La società ha denunciato il sindacato."),
            ("Il ministro ha accusato il giudice.", "Il giudice ha accusato il ministro."),
            ("La lettera del sindacato alla società.", "La lettera della società al sindacato."),
        ],
    );
}

#[test]
fn what_is_only_written_otherwise_is_the_same() {
    say_the_same(
        "it",
        &[
            ("il 3 maggio", "il tre maggio"),
            ("il 21 maggio 2024", "il ventuno maggio 2024"),
            ("Oltre 300 persone", "Più di 300 persone"),
            ("Erano oltre 300.", "Più di 300 erano."),
            ("5 milioni di dollari", "$5 milioni"),
            ("5 milioni di dollari", "USD 5 milioni"),
            ("circa trenta persone", "una trentina di persone"),
            ("circa una trentina di persone", "una trentina di persone"),
            ("10⁶ batteri", "10^6 batteri"),
            ("10^6 batteri", "un milione di batteri"),
            ("50 centesimi", "50 cent"),
            ("Il ministro, ieri, ha firmato la legge.", "Ieri il ministro ha firmato la legge."),
            ("Però il gruppo tace.", "Ma il gruppo tace."),
            ("negli anni Sessanta", "negli anni '60"),
            ("Roma e Milano", "Milano e Roma"),
            ("È salito in fretta.", "È in fretta salito."),
        ],
    );
    say_the_same(
        "en",
        &[
            ("Over 300 people left.", "More than 300 people left."),
            ("Over 300", "More than 300"),
            ("$5 million", "USD 5 million"),
            ("$5 million", "5 million dollars"),
            ("USD 5 million", "5 million dollars"),
            ("5 million US dollars", "US$5 million"),
            ("10⁶ bacteria", "10^6 bacteria"),
            ("10^6 bacteria", "a million bacteria"),
            ("It grew fivefold.", "It grew five-fold."),
            ("It was built in the sixties.", "It was built in the Sixties."),
            ("50p", "50 pence"),
            ("On Monday he spoke in Rome.", "In Rome he spoke on Monday."),
            ("Sales went up.", "Sales rose."),
            ("Sales went down.", "Sales fell."),
            ("the men and women", "the women and men"),
        ],
    );
}

#[test]
fn what_is_no_figure_and_no_name_may_come_and_go() {
    say_the_same(
        "en",
        &[
            ("It runs on a real disk.", "It runs on a disk."),
            ("Run gbp dch and upload it.", "Run it and upload it."),
            ("Set the variable $lang first.", "Set the variable first."),
            ("It is sent to xdu(1x) then.", "It is sent to xdu(1) then."),
            ("Validates the form of it.", "Checks the form of it."),
            ("Designates whether it is active.", "Specifies whether it is active."),
            ("Optionally, it is sent.", "Additionally, it is sent."),
            ("all the books and all the maps", "all the books and the maps"),
            ("The old mill and the old inn stand there.", "The old mill and the inn stand there."),
            ("He is now in the town hall.", "He is in the town hall."),
        ],
    );
    say_the_same(
        "it",
        &[
            ("Passare al piano di sopra.", "Passa al piano di sopra."),
            ("Decidere quale porta aprire.", "Stabilire quale porta aprire."),
            ("Perchè la strada è chiusa.", "Perché la strada è chiusa."),
            ("E' chiusa, perche' piove, e non puo' aprire.", "È chiusa, perché piove, e non può aprire."),
            ("Sara' piu' larga di prima.", "Sarà più larga di prima."),
            ("tutti i libri e tutte le carte", "tutti i libri e le carte"),
            ("Attualmente la strada è chiusa.", "La strada è chiusa."),
        ],
    );
    never_the_same(
        "en",
        &[
            ("It is paid in dollars.", "It is paid in euros."),
            ("It costs 5 real.", "It costs 5 won."),
            ("the page ls(1)", "the page ls(8)"),
            ("all the books and all the maps", "all the books and some of the maps"),
            ("The old mill and the old inn stand there.", "The old mill and the new inn stand there."),
            ("He is now in the town hall.", "He was in the town hall."),
            ("He is now the mayor.", "He was once the mayor."),
            ("He is there now.", "He is there today."),
            ("Marker said so.", "Carver said so."),
        ],
    );
    never_the_same(
        "it",
        &[
            ("E' aperta.", "Non e' aperta."),
            ("Puo' aprire.", "Deve aprire."),
            ("Sara' aperta.", "E' aperta."),
            ("Conti lo dice.", "Fermi lo dice."),
            ("Attualmente è chiusa.", "Era chiusa."),
        ],
    );
}

#[test]
fn polish_is_no_change() {
    say_the_same(
        "en",
        &[
            ("The mayor said the road was wide.", "The mayor said that the road was wide."),
            ("He did not say so.", "He didn't say so."),
            ("Twenty people came.", "20 people came."),
            ("The company's boss left the room.", "The boss of the company left the room."),
            ("In May, sales in the town were good.", "Sales in the town were good in May."),
            ("He said it, too.", "He said it too."),
            ("about 50 people", "around 50 people"),
            ("at least 50", "no fewer than 50"),
            ("a 10 percent share", "a 10% share"),
            ("The mayor, Rossi, spoke.", "Rossi, the mayor, spoke."),
            ("It opened on 3 May 2024.", "It opened on May 3, 2024."),
            ("the USA", "the U.S.A."),
            ("Rossi and Bianchi met.", "Bianchi and Rossi met."),
            ("roughly two thirds", "about two thirds"),
        ],
    );
    say_the_same(
        "it",
        &[
            ("Il sindaco ha detto che la strada è larga.", "Il sindaco ha detto: la strada è larga."),
            ("Venti persone sono venute.", "20 persone sono venute."),
            ("una ventina di persone", "circa venti persone"),
            ("Rossi e Bianchi si sono visti.", "Bianchi e Rossi si sono visti."),
            ("il 3 maggio 2024", "il tre maggio 2024"),
            ("A maggio il sindaco ha parlato.", "Il sindaco ha parlato a maggio."),
            ("il 10% dei voti", "il 10 per cento dei voti"),
            ("tre quarti dei voti", "i tre quarti dei voti"),
            ("duemila euro", "2.000 euro"),
            ("negli anni Ottanta", "negli anni '80"),
            ("È stato il sindaco a dirlo ieri.", "Ieri è stato il sindaco a dirlo."),
        ],
    );
}
