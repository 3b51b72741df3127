facts = Statements
facts = Claims
