"""Sentences of newsrooms in English and Italian, visibly made up: templates with slots, and the words that fill them.

A template is text with slots: `{figure}` asks for a value of that role, `{syn:big|large}` offers words that mean the
same, `{dir:rose|fell}` words that do not, `{not:has|has not}` a statement and its denial, `{tense:says|said}` tenses
of an attribution, `{move:in the night}` a phrase that may stand first as well, `{aside:, a local firm,}` a clause that
may go or come, and `|` marks where one clause ends."""

TEMPLATES = {
    "en": [
        "{org} {tense:said|says|has said} on {weekday} that its {syn:takings|receipts} {dir:rose|fell} by {percent} to {money} in {year}| because demand from {place} was {syn:strong|robust}.",
        "{move:In the night} the {river} {dir:rose|fell} by {length}| and about {count} people had to {syn:sleep|spend the night} elsewhere, {person} {tense:said|says|has said}.",
        "{person}, who leads {org}{aside:, a supplier of the region}, {not:has agreed|has not agreed} to {syn:pay|hand over} {money} to {other}| before {date}.",
        "A {syn:report|study} by {org}, {syn:published|released} on {date}, {not:found|did not find} that {count} {syn:residents|inhabitants} of {place} drink water from the {river}.",
        "The {syn:council|assembly} of {place} {tense:voted|has voted} by {integer} votes to {small} to {dir:approve|reject} the {syn:plan|scheme}| that {person} put forward on {date}.",
        "{org} {not:will|will not} {dir:open|close} its {syn:plant|factory} in {place}{aside:, which dates from another age,} on {weekday}| and expects to {dir:hire|dismiss} {integer} workers.",
        "“We {not:are|are not} ready to talk about numbers,” {person} {tense:told|has told} reporters in {place}| after a {syn:meeting|session} that {tense:lasted|has lasted} {range} hours.",
        "{move:According to two people familiar with the matter} {org} {dir:bought|sold} {small} {syn:ships|vessels} for {money}| and {not:has informed|has not informed} the {syn:regulator|watchdog}.",
        "The price of sample ore, which {person} {tense:calls|called|has called} a {syn:problem|difficulty} for {place}, {dir:climbed|slid} to {money} a tonne| on {date}{aside:, traders in the port say}.",
        "{move:For the first time} {org} and {other} share a {syn:laboratory|lab} in {place}, where {integer} {syn:researchers|scientists} {syn:work|labour} on {count} samples.",
        "{person} {dir:joined|left} {org} in {year}| and {syn:received|obtained} {percent} of the shares{aside:, a custom of the house}, worth {money} at the time.",
        "A bridge of {length} over the {river} {not:was|was not} {syn:painted|decorated} by {date}| although the {syn:budget|allowance} had been {dir:raised|cut} by {percent}.",
        "The {syn:judge|magistrate} in {place} ordered {org} to pay {money} to {count} {syn:customers|clients}| whose contracts {not:had|had not} been {syn:changed|altered} before {date}.",
        "{org}, which {dir:lost|won} a contract in {place}, {tense:expects|expected} growth of {range} per cent in {year}{aside:, as usual}| and {not:plans|does not plan} new hires.",
    ],
    "it": [
        "{weekday} {org} {tense:ha detto|dice|disse} che gli {syn:incassi|introiti} sono {dir:saliti|scesi} del {percent} a {money} nel {year}| perché la domanda da {place} era {syn:forte|robusta}.",
        "{move:Nella notte} il {river} è {dir:salito|sceso} di {length}| e circa {count} persone hanno dovuto {syn:dormire|passare la notte} altrove, {tense:ha detto|dice|disse} {person}.",
        "{person}, che guida {org}{aside:, fornitore della regione}, {not:ha accettato|non ha accettato} di {syn:pagare|versare} {money} a {other}| prima del {date}.",
        "Uno {syn:studio|esame} di {org}, {syn:pubblicato|diffuso} il {date}, {not:dimostra|non dimostra} che {count} {syn:abitanti|residenti} di {place} bevono l’acqua del {river}.",
        "Il {syn:consiglio|parlamentino} di {place} {tense:ha votato|votò} con {integer} voti contro {small} per {dir:approvare|respingere} il {syn:piano|progetto}| che {person} aveva presentato il {date}.",
        "{org} {not:vuole|non vuole} {dir:aprire|chiudere} lo {syn:stabilimento|stabile} di {place}{aside:, che risale ad altri tempi,} {weekday}| e conta di {dir:assumere|licenziare} {integer} operai.",
        "«{not:Siamo|Non siamo} pronti a parlare di numeri», {tense:ha detto|dice} {person} ai cronisti a {place}| dopo una {syn:riunione|seduta} che è durata {range} ore.",
        "{move:Secondo due persone informate dei fatti} {org} ha {dir:comprato|venduto} {small} {syn:navi|imbarcazioni} per {money}| e {not:ha informato|non ha informato} l’{syn:autorità|autorità di vigilanza}.",
        "Il prezzo del minerale di prova, che {person} {tense:chiama|chiamava} un {syn:problema|guaio} per {place}, è {dir:salito|calato} a {money} la tonnellata| il {date}{aside:, dicono i mercanti del porto}.",
        "{move:Per la prima volta} {org} e {other} dividono un {syn:laboratorio|centro} a {place}, dove {integer} {syn:ricercatori|studiosi} {syn:lavorano|faticano} su {count} campioni.",
        "{person} è {dir:entrato in|uscito da} {org} nel {year}| e ha {syn:ricevuto|ottenuto} il {percent} delle quote{aside:, un’usanza della casa}, che valevano {money}.",
        "Il ponte di {length} sul {river} {not:è stato|non è stato} {syn:dipinto|decorato} entro il {date}| benché la {syn:spesa|somma} fosse stata {dir:alzata|tagliata} del {percent}.",
        "Il {syn:giudice|magistrato} di {place} ha condannato {org} a pagare {money} a {count} {syn:clienti|utenti}| i cui contratti {not:erano|non erano} stati {syn:cambiati|modificati} prima del {date}.",
        "{org}, che ha {dir:perso|vinto} un appalto a {place}, {tense:prevede|prevedeva} una crescita del {range} per cento nel {year}{aside:, come al solito}| e {not:pensa|non pensa} a nuove assunzioni.",
    ],
}

PLAIN = {  # sentences without anything to check, which stand between the others
    "en": [
        "The room was quiet when the doors opened.", "Nobody in the square seemed to mind the rain.", "The sample market smells of coffee and wet paper.",
        "A band played under the arches until the lamps were lit.", "Those who came late had to stand at the back.", "It was a morning like many others.",
        "The old station still has its wooden benches.", "Neighbours brought soup and blankets.", "The minutes of the meeting fill a thick folder.",
    ],
    "it": [
        "La sala era silenziosa quando si sono aperte le porte.", "Nessuno in piazza sembrava badare alla pioggia.", "Il mercato di prova sa di caffè e di carta bagnata.",
        "Una banda ha suonato sotto gli archi finché si sono accesi i lampioni.", "Chi è arrivato tardi è rimasto in piedi in fondo.", "Era una mattina come tante altre.",
        "La vecchia stazione conserva le panche di legno.", "I vicini hanno portato zuppa e coperte.", "Il verbale della riunione riempie un grosso faldone.",
    ],
}

NAMES = {
    "org": ["Sample Works", "Testdale Mills", "Example Foundry", "Placeholder Lines", "Mock Harbour Group", "Dummy & Sons", "Specimen Energy", "Fixture Bank", "Trial Motors", "Prova Cantieri"],
    "person": ["Ada Sample", "Bruno Prova", "Carla Esempio", "Dario Campione", "Elsa Testerton", "Fabio Modello", "Greta Dummy", "Hugo Specimen", "Ines Fixture", "Lino Saggio"],
    "place": ["Testville", "Samplebridge", "Borgo Prova", "Porto Esempio", "Castel Saggio", "Mockham", "Trialton", "Fixtureburgh"],
    "river": ["Test River", "Sample Beck", "Rio Prova", "Esempio", "Mock Water"],
}

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
}
WEEKDAYS = {"en": "Monday Tuesday Wednesday Thursday Friday Saturday".split(), "it": "lunedì martedì mercoledì giovedì venerdì sabato".split()}
SMALL = {
    "en": "three four five six seven eight nine ten eleven twelve thirteen".split(),
    "it": "tre quattro cinque sei sette otto nove dieci undici dodici tredici".split(),
}
SCALES = {"en": ["thousand", "million", "billion"], "it": ["mila", "milioni", "miliardi"]}
UNITS = {"en": ["metres", "feet", "kilometres", "miles"], "it": ["metri", "piedi", "chilometri", "miglia"]}
CURRENCIES = {"en": ["euros", "dollars", "pounds"], "it": ["euro", "dollari", "sterline"]}

ASIDES = {
    "en": [", people in the square say,", ", as was to be seen in the square,", ", as the bulletin put it,", ", in the words of the bulletin,"],
    "it": [", dice la gente in piazza,", ", come si vedeva in piazza,", ", come scrive il bollettino,", ", a sentire il bollettino,"],
}
FIGURES = {"en": [", with {n} lorries,", ", after {n} hours of talks,"], "it": [", con {n} camion,", ", dopo {n} ore di colloqui,"]}
HEADLINES = {"en": ["What is known so far", "The story in short", "A day in the sample town"], "it": ["Che cosa si sa finora", "La storia in breve", "Una giornata nella città di prova"]}
JOINTS = {"en": [("and", "It also emerged that"), ("and", "Then")], "it": [("e", "È emerso anche che"), ("e", "Poi")]}
