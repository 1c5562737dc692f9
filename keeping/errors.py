"""What can be wrong with a backup, in sentences for whoever runs the command."""


class Refused(Exception):
    """A whole sentence that says what stands in the way and what to do. Nothing was changed."""


class Damaged(Exception):
    """What is wrong with an archive, as the end of a sentence: “it is cut off: its end is missing”."""
