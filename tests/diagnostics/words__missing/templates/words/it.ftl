articles = Testi
