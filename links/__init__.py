"""Links to other sites: which there are, and whether they still answer. The worker looks, once a week.

`register_source(function)`: let another app add addresses that stand in no field; `function()` yields triples
(address, model, key of the row that shows it).
"""

sources = []


def register_source(function):
    if function not in sources:
        sources.append(function)
    return function
