"""What a user gave cannot be read."""


class BadInput(Exception):
    """Told in one sentence on stderr; the program leaves with 2. The message says what was being read and what to do."""
