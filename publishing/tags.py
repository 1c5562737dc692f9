"""Free tags as a field of content: what a tag may be, said in words."""

import csv

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from taggit.forms import TagField, TagWidget
from taggit.managers import TaggableManager
from taggit.models import Tag

from publishing.former import FormerSlug
from publishing.sorting import alphabetical

LONGEST_TAG = 60  # characters


def fault_of_tag(name):
    """A sentence on why a word cannot be a tag; None where it can."""
    if len(name) > LONGEST_TAG:
        short = f"{name[:30]}…"
        return _("The tag “%(tag)s” is longer than %(most)s characters. Put commas between tags.") % {
            "tag": short,
            "most": LONGEST_TAG,
        }
    if "/" in name or not Tag().slugify(name):
        return _("“%(tag)s” cannot be a tag: use letters and digits, and no slash.") % {"tag": name}
    return None


def tag_at(slug):
    """The tag at an address, found by its former addresses too; None where there never was one."""
    return Tag.objects.filter(slug=slug).first() or Tag.objects.filter(pk=FormerSlug.objects.now_at(Tag, slug)).first()


class TagsInput(TagWidget):
    def format_value(self, value):
        """The names as people type them, with commas between, and quotation marks where a comma belongs to a name."""
        if value is not None and not isinstance(value, str):
            value = ", ".join(_typed(tag.name) for tag in value)
        return super().format_value(value)


def _typed(name):
    doubled = name.replace('"', '""')
    return f'"{doubled}"' if "," in name or name.startswith('"') else name


class TagsFormField(TagField):
    """Tags with commas between them. taggit's own would part “family night” into two where it stands alone."""

    widget = TagsInput

    def clean(self, value):
        text = forms.CharField.clean(self, value)
        try:
            parts = next(csv.reader([text], skipinitialspace=True), [])
        except csv.Error as error:
            raise ValidationError(_("These tags were not understood. Put commas between them.")) from error
        names = sorted({part.strip() for part in parts} - {""})
        if faults := [fault for name in names if (fault := fault_of_tag(name))]:
            raise ValidationError(faults)
        return names


class TagsField(TaggableManager):
    """The tags of an item, in the order of the alphabet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"ordering": [alphabetical("name"), "pk"]} | kwargs)

    def formfield(self, form_class=TagsFormField, **kwargs):
        return super().formfield(form_class=form_class, **kwargs)
