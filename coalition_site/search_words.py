"""What the vocabularies tell the search: their names in both languages, so that a Spanish query finds English works."""

from django.db.models import F

from vocabulary.models import Place, Result, Role, Topic


def names_of_vocabularies():
    """The names of topics, roles, results and places, as `search.register_synonym_source` wants them."""
    return [
        model.objects.annotate(words=F("label"), words_es=F("label_es"), names=F("other_names"))
        for model in (Topic, Role, Result, Place)
    ]
