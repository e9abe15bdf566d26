"""Series → Series cleaners of text: width, variants, numerals, names of people and firms, addresses."""
