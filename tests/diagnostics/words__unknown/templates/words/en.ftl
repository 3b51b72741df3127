artcles = Texts
facts_counted = { $number ->
    [one] { $number } statement
   *[other] { $number } statements
}
motto = Nobody asks for it.
our_motto = Only the archive's own template asks for it.
