"""Free tags as a field of content: what a tag may be, said in words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from taggit.forms import TagField
from taggit.managers import TaggableManager
from taggit.models import Tag

from publishing.former import FormerSlug

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


class TagsFormField(TagField):
    def clean(self, value):
        names = super().clean(value)
        if faults := [fault for name in names if (fault := fault_of_tag(name))]:
            raise ValidationError(faults)
        return names


class TagsField(TaggableManager):
    """The tags of an item."""

    def formfield(self, form_class=TagsFormField, **kwargs):
        return super().formfield(form_class=form_class, **kwargs)
