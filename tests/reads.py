"""Which rows are read, for tests of lists that grow: what is shown of many is all that is fetched of them."""


def rows_read(model, monkeypatch):
    """A list that grows by the key of each row of a model that is read from now on."""
    read, from_db = [], model.from_db.__func__

    def noting(cls, db, names, values):
        row = from_db(cls, db, names, values)
        read.append(row.pk)
        return row

    monkeypatch.setattr(model, "from_db", classmethod(noting))
    return read
