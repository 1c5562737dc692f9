"""An entry as https://schema.org/BlogPosting has it."""

from django.conf import settings

from vocabulary.models import Person


def posting(entry):
    """A dict for JSON-LD without unknown facts; a draft may lack any of them."""
    url = entry.get_absolute_url()
    facts = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": entry.title,
        "description": entry.summary,
        "inLanguage": entry.language,
        "datePublished": entry.dated_on.isoformat() if entry.dated_on else "",
        "dateModified": entry.corrected_on.isoformat() if entry.corrected_on else "",
        "author": [
            {"@type": "Person" if isinstance(writer, Person) else "Organization", "name": str(writer.name)}
            for writer in entry.writers
        ],
        "keywords": [tag.name for tag in entry.tags.all()],
        "url": f"{settings.SITE_URL}{url}" if url else "",
    }
    return {name: value for name, value in facts.items() if value}
