"""Pictures in public texts whose words say nothing."""

from django.db.models import Q

from publishing.admin_urls import change_url
from publishing.blocks import PictureBlock, block_models
from publishing.content_checks import Trouble
from publishing.kinds import publishable_models

# Nothing to see, or the name of a file. That there is any text at all the database demands.
SAYS_NOTHING = Q(alt_text__regex=r"^\s*$") | Q(alt_text__iregex=r"^\S+\.(jpe?g|png|gif|webp|avif|heic)$")


def without_text(mend):
    """What a picture shows only a person can say."""
    for model in publishable_models():
        for blocks in (kind for kind in block_models(model) if issubclass(kind, PictureBlock)):
            rows = blocks.objects.order_by().filter(SAYS_NOTHING, is_decorative=False)
            shown = rows.filter(parent__in=model.objects.public().order_by().values("pk"))
            for pk, title in shown.values_list("parent_id", "parent__title").iterator():
                sentence = f"“{title}” shows a picture without words for those who do not see it."
                yield Trouble(sentence, change_url(model, pk))
