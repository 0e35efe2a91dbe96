"""The one kind of failure that is the user's to mend."""


class Mistake(Exception):  # noqa: N818 -- a user reads it: it is a mistake to mend, not a fault of the program
    """A user's mistake or a fault of the surroundings: what, where, what to do, in one sentence; exit code 2."""
