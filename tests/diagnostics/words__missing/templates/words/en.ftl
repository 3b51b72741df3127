our_motto = A fact has a sentence.
