"""What is kept for a time and no longer. What deletes it and what tells readers of it are registered together.

So nothing is deleted that the privacy page does not name, and the page names the very numbers that the work goes by.
"""

from publishing import daily

_sentences = []


def register(function, sentence):
    """Let the worker call `function()` once a day; `sentence()` says to readers what it deletes, and after how long."""
    daily.register(function)
    tell(sentence)


def tell(sentence):
    """The same for what something else than the worker deletes."""
    if sentence not in _sentences:
        _sentences.append(sentence)


def sentences():
    """A sentence for each kind of thing that is kept for a time, in the language at hand."""
    return [sentence() for sentence in _sentences]
