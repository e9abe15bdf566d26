from hypothesis import settings

# The first call of a cleaner reads its tables, which is no fault of the text under test.
settings.register_profile("cleaners", deadline=None, max_examples=60)
settings.load_profile("cleaners")
