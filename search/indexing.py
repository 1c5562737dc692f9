"""Writing the index: in the transaction that publishes, or for many items at once."""

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Case, Func, IntegerField, Value, When
from django.db.models.lookups import Exact

from search.documents import owner_of
from search.languages import ANY_OTHER, base, configuration_of, plain, words
from search.models import Item, PageText
from search.registry import document_of, is_registered
from search.tasks import refresh_soon

# A tsvector holds one megabyte at most; an abnormally long text is found by its beginning.
LONGEST_TEXT = 300_000  # characters
MOST_WORDS = 50_000  # different ones, of an item with all its pages
KEY = ("owner_label", "owner_key")
WRITTEN = [field.name for field in Item._meta.concrete_fields if field.name not in ("id", *KEY)]


def index_item(item):
    """Bring the index in step with an item, as it now stands in the live tables. A publish hook."""
    if not is_registered(type(item)):
        return
    document = document_of(item)
    if document:
        index([document])
    else:
        remove_item(item)
    refresh_soon()


def remove_item(item):
    """Take an item out of the index."""
    label, key = owner_of(item)
    remove(label, [key])


def remove(label, keys):
    """Take items of one model out of the index by their keys."""
    Item.objects.of(label, keys).delete()


def index(documents):
    """Write the rows of documents, or bring them up to date; those that were never published are removed."""
    never_public = [document for document in documents if document.published_at is None]
    documents = [document for document in documents if document.published_at is not None]
    with transaction.atomic():
        for document in never_public:
            remove(document.owner[0], [document.owner[1]])
        items = Item.objects.bulk_create(
            map(_item, documents), update_conflicts=True, unique_fields=KEY, update_fields=WRITTEN
        )
        PageText.objects.filter(item__in=items).delete()
        PageText.objects.bulk_create(
            _page(item, page, document.language)
            for item, document in zip(items, documents, strict=True)
            for page in document.pages
        )


def _item(document):
    configuration = configuration_of(document.language)
    label, key = document.owner
    language = base(document.language)
    facets = {"kind": [document.kind], "language": [language]} | document.facets
    return Item(
        owner_label=label,
        owner_key=key,
        kind=document.kind,
        language=language,
        title=_clean(document.title),
        authors=_clean("; ".join(document.authors)),
        summary=_clean(document.summary),
        body=_clean(document.body),
        address=document.address,
        year=document.year,
        facets=[f"{name}:{value}" for name, values in facets.items() for value in values],
        identifiers=document.identifiers,
        published_at=document.published_at,
        retired_at=document.retired_at,
        own=_own(document, configuration),
        everything=_everything(document, configuration),
    )


def _page(item, page, language):
    language = page.language or language
    return PageText(
        item=item,
        address=page.address,
        label=page.label,
        language=base(language),
        number=page.number,
        text=_clean(page.text),
        own=_vector(configuration_of(language), page.text),
    )


def _own(document, configuration):
    authors = "\n".join(_both_orders(name) for name in document.authors)
    vector = _weighted(configuration, "A", document.title)
    for weight, text in (("B", authors), ("C", document.summary), ("D", document.body)):
        if text:
            vector = _joined(vector, _weighted(configuration, weight, text))
    return vector


def _everything(document, configuration):
    """Each word once; and those of a title of small words only, such as “Who we are”, which no stemmer keeps."""
    texts = [document.title, *document.authors, document.summary, document.body]
    different = {configuration: dict.fromkeys(word for text in texts for word in words(text[:LONGEST_TEXT]))}
    for page in document.pages:
        if sum(map(len, different.values())) > MOST_WORDS:
            break
        its_configuration = configuration_of(page.language) if page.language else configuration
        different.setdefault(its_configuration, {}).update(dict.fromkeys(words(page.text)))
    title = _vector(configuration, document.title)
    is_empty = Exact(Func(title, function="length", output_field=IntegerField()), 0)
    nothing = Value("", SearchVectorField())
    joined = Case(When(is_empty, then=_vector(ANY_OTHER, document.title)), default=nothing)
    for its_configuration, its_words in different.items():
        joined = _joined(_vector(its_configuration, " ".join(list(its_words)[:MOST_WORDS])), joined)
    return Func(joined, function="strip", output_field=SearchVectorField())


def _both_orders(name):
    """“Dryfoos, Joy G.” → “Dryfoos Joy G. / Joy G. Dryfoos”: a name in quotes is found in either order."""
    family, comma, given = name.partition(",")
    return f"{family} {given} / {given} {family}" if comma else name


def _weighted(configuration, weight, text):
    vector = _vector(configuration, text)
    return Func(vector, Value(weight), function="setweight", template="%(function)s(%(expressions)s::\"char\")",
                output_field=SearchVectorField())  # fmt: skip


def _vector(configuration, text):
    words_of_text = plain(text[:LONGEST_TEXT])
    return Func(
        Value(configuration), Value(words_of_text), function="to_tsvector", template="to_tsvector(%(expressions)s)",
        arg_joiner="::regconfig, ", output_field=SearchVectorField(),
    )  # fmt: skip


def _joined(first, second):
    return Func(first, second, template="(%(expressions)s)", arg_joiner=" || ", output_field=SearchVectorField())


def _clean(text):
    """Without NUL, which a text column refuses."""
    return text.replace("\0", "")
