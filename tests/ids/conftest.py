from hypothesis import settings

# The first example of a process reads the division table and imports pyarrow: no measure of the code under test.
settings.register_profile("ids", deadline=None, max_examples=50)
settings.load_profile("ids")
