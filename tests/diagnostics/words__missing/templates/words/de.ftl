articles = Artikel
entities = Namen
