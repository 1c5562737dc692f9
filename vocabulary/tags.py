"""Free tags: two that mean the same become one, in public and in drafts."""

from taggit.models import TaggedItem

from publishing.models import ContentVersion, FormerSlug
from publishing.publish import lock_items, show_anew
from publishing.stored_drafts import rename_tag_in_drafts
from vocabulary.merging import locked


def merge_tags(gone, keep):
    """Make `keep` stand wherever `gone` stood, and delete `gone`; return the number of items that bore it.

    Raises ValueError for one tag given twice, and AlreadyGone.
    """
    if gone.pk == keep.pk:
        raise ValueError("Only two different tags can be merged.")
    with ContentVersion.raised_at_the_end():
        gone, keep = locked(gone, keep, naming=items_bearing)
        bearing = list(_links_of(gone))
        TaggedItem.objects.bulk_create(
            (TaggedItem(tag=keep, content_type_id=link.content_type_id, object_id=link.object_id) for link in bearing),
            ignore_conflicts=True,  # those that bear both
        )
        rename_tag_in_drafts(gone.name, keep.name)
        FormerSlug.objects.hand_over(gone, keep)
        gone.delete()
        show_anew(_items_of(bearing))
    return len(bearing)


def save_tag(tag, old_name):
    """Save a tag under another name or at another address: the drafts that name it follow, the old address leads on."""
    with ContentVersion.raised_at_the_end():
        lock_items(items_bearing(tag))
        FormerSlug.objects.keep(tag)
        tag.save()
        if tag.name != old_name:
            rename_tag_in_drafts(old_name, tag.name)
        show_anew(items_bearing(tag))


def items_bearing(tag):
    return _items_of(_links_of(tag))


def _links_of(tag):
    """The links to a tag, with their items."""
    return TaggedItem.objects.filter(tag=tag).prefetch_related("content_object")


def _items_of(links):
    return [item for link in links if (item := link.content_object)]
