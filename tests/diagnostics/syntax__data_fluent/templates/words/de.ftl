articles = Artikel
facts_counted = { $n ->
    [one] { $n } Fakt
    [other] { $n } Fakten
}
sources: Quellen
