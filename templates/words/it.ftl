# L'interfaccia in italiano. Ogni lingua ha le stesse chiavi.

skip_to_content = Vai al testo
lists = Elenchi
languages = Altre lingue
about_the_archive = L'archivio
feed = Feed
made_with = fatto con

articles = Articoli
entities = Nomi
properties = Proprietà
sources = Fonti
timeline = Cronologia
corrections = Correzioni
coverage = Stato delle verifiche
facts = Fatti

# Un numero da solo.
number = { $n }

# Con quanti sono. Una lingua ha tante forme quante gliene servono: zero, one, two, few, many, other.
articles_counted = { $n ->
    [one] { $n } articolo
   *[other] { $n } articoli
}
facts_counted = { $n ->
    [one] { $n } fatto
   *[other] { $n } fatti
}
entities_counted = { $n ->
    [one] { $n } nome
   *[other] { $n } nomi
}
sources_counted = { $n ->
    [one] { $n } fonte
   *[other] { $n } fonti
}
checks_counted = { $n ->
    [one] { $n } verifica
   *[other] { $n } verifiche
}
more_facts = { $n ->
    [one] e un altro fatto
   *[other] e altri { $n } fatti
}
more_disagreements = { $n ->
    [one] e un altro caso
   *[other] e altri { $n } casi
}

# In testa a una colonna.
article = articolo
entity = nome
facts_in = fatti
source = fonte

latest_article = L'ultimo articolo
latest_articles = Ultimi articoli
most_mentioned = I più citati
nothing_yet = Ancora niente.
kinds = Generi
years = Anni
all_years = Tutti gli anni
undated = Senza data

pages = Pagine
# Una pagina di un elenco lungo, e quante voci ha l'elenco.
page_of = pagina { $number } di { $count }
in_all = { $n } in tutto
previous = Precedente
next = Seguente
newer = Più recenti
older = Meno recenti
newest = i più recenti
oldest = i più vecchi

coverage_stand = Quanto di ciò che dicono gli articoli è stato guardato, e a che punto sta.
coverage_once = Un fatto ripetuto da una traduzione qui conta una volta.
coverage_by_status = Fatti per stato
coverage_work = Lavoro fatto e da fare
coverage_means = Verificati: qualcuno li ha guardati. Con fonti: c'è una prova, a favore o contro. Scaduti: è passato il giorno in cui andavano riguardati.
coverage_by_year = Fatti per anno dell'articolo
coverage_by_kind = Fatti per genere
coverage_by_article = Articolo per articolo
coverage_checked = verificati
coverage_sourced = con fonti
coverage_stale = scaduti
coverage_disputed = controversi

corrections_stand = Che cosa era sbagliato in un articolo, e che cosa è giusto.
corrections_feed = Feed delle correzioni
no_corrections = Finora non è stato corretto niente.

by = Di
# Una data, come viene stampata.
updated = modificato il { $date }
read_on = letto il { $date }

original = originale
archived = copia archiviata
translated_from = Tradotto da
translated_by = di
concerns = Riguarda
contents = Indice
about = Di che cosa parla
rights = Diritti
tags = Parole chiave

more = Altro
gone = Queste parole non sono più nell'articolo.
gone_facts = Fatti senza più le loro parole
wording = formulazione
reworded = cambiata da quando fu citata, ma dice lo stesso
checked = verificato
confidence = affidabilità
stated = con le sue parole
read_on_day = letto il
review_after = da rivedere dopo
responds_to = risponde a
same_as = lo stesso in
replaces = sostituisce

property = Proprietà
unit = unità
functional = un solo valore alla volta
facts_that_cite = Fatti che vi si fondano
known = Che cosa si sa
also_called = anche detto
not_to_confuse = da non confondere con
elsewhere = altrove
relations = Relazioni
source_mark = fonte
disagreements = Dove i fatti non concordano
other_facts = Altri fatti
mentioned_in = Citato in
born = nascita
died = morte
founded = fondazione
dissolved = scioglimento

not_found_title = Questa pagina non c'è
not_found_text = Forse l'indirizzo è cambiato, o c'è un errore di battitura. Si può ripartire dalla prima pagina:
moved_to = Questa pagina ora è a

status_confirmed = confermato
status_corroborated = avvalorato
status_single_source = una sola fonte
status_attributed = attribuito
status_unchecked = da verificare
status_unverifiable = non verificabile
status_disputed = controverso
status_refuted = smentito
status_superseded = superato
status_withdrawn = ritirato

fact_quantity = cifra
fact_event = evento
fact_relation = relazione
fact_quotation = citazione
fact_response = risposta
fact_attribute = caratteristica
fact_plan = progetto

mode_said = lo dice
mode_wrote = lo scrive
mode_reported = lo riferisce
mode_estimated = lo stima
mode_announced = lo annuncia
mode_denied = lo nega
mode_declined = nessun commento da

naming_named = con nome
naming_described = descritto, senza nome
naming_anonymous = anonimo

since_same = da allora la frase non è cambiata
since_changed = da allora la frase è cambiata
stance_supports = a favore
stance_contradicts = contro
stance_context = contesto

confidence_high = alta
confidence_medium = media
confidence_low = bassa
confidence_unknown = non indicata

state_draft = Bozza: non ancora pubblicato.
state_in_review = In revisione: non ancora pubblicato.
state_approved = Approvato: non ancora pubblicato.
state_published = Pubblicato.
state_withdrawn = L'archivio ha ritirato questo articolo. Non se ne mostrano né il testo né i fatti.

publish_full = Si mostra il testo intero.
publish_excerpts = Si mostrano solo i passi che contengono fatti; il testo intero è nell'originale.
publish_facts_only = Si mostrano solo i fatti; il testo è nell'originale.

# Cifre nel tempo, relazioni, e la prima pagina.
known_references = Riferimenti
more_values = { $n ->
    [one] e un altro
   *[other] e altri { $n }
}
figures = Cifre nel tempo
figure_values = { $n ->
    [one] { $n } valore
   *[other] { $n } valori
}
figure_from = da
figure_to = a
figure_drawn = { $n ->
    [one] { $n } disegnato: di ogni tratto di tempo il più basso e il più alto
   *[other] { $n } disegnati: di ogni tratto di tempo il più basso e il più alto
}
figure_contested = { $n ->
    [one] { $n } contestato
   *[other] { $n } contestati
}
figure_log = scala logaritmica: a distanze uguali corrispondono fattori uguali
figure_table = Gli stessi dati in tabella
figure_how = Vuoto: circa. Anello: controverso. Croce: smentito. Barra: un periodo o un intervallo.
as_of = quando
of_whom = di
answer = valore
status = stato
stated_by = lo dice
relations_list = Le stesse relazioni in elenco
relations_more = { $n ->
    [one] un’altra nell’elenco
   *[other] altre { $n } nell’elenco
}
events = Cronologia
latest_checks = Ultime verifiche
names_by_kind = Nomi, per quante volte compaiono

# The search page.
search = Cerca
search_what = Parole, nomi o cifre
search_go = Trova
search_without = La ricerca ha bisogno di JavaScript. Senza, gli elenchi portano dappertutto:
search_names = Nomi e titoli
search_narrow = Restringi
search_none = Nessun risultato. Tutte le parole devono stare in un articolo, un fatto o una voce.
search_broken = L’indice della ricerca non si è potuto leggere. Riprova.
search_one = risultato
search_many = risultati
search_more = Altri risultati
search_kind = Tipo
search_status = Stato
search_year = Anno
search_publisher = Testata
search_lang = Lingua

# La pagina di un articolo.
reading = Lettura
# Per lo script, nell'ordine in cui le prende.
script = Colori|come il sistema|chiari|scuri|Larghezza|stretta|media|larga|Tasti|nota seguente|nota precedente|apre la nota di queste parole|torna alle parole|questo elenco|tasti di una lettera|copia|copiato|chiudi|citare
also_in = Anche in
review = Come stanno i fatti
filter = Mostra i fatti
with_evidence = { $n } con prove
with_check = { $n ->
    [one] { $n } verificato
   *[other] { $n } verificati
}
last_check = ultima verifica { $date }
permalink = collegamento
in_text = nel testo
cite = citare
data = dati
checked_by_nobody = ancora da nessuno
