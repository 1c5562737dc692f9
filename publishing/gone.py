"""Somebody saves what a colleague has deleted meanwhile: her words come back to be copied, with a way to help."""

from http import HTTPStatus

from django import forms
from django.template.defaultfilters import linebreaks_filter
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.activity import name_of
from publishing.markup import RichTextField, as_cleaned, clean_html
from publishing.notices import who_may

UNSEEN = (forms.HiddenInput, forms.PasswordInput)


def page_for(request, model_admin):
    """The page that answers the form of a record that is not there any more."""
    may_delete = model_admin.has_delete_permission(request)
    helpers = who_may("delete", model_admin.model) if model_admin.saves_drafts and not may_delete else []
    shown = {
        "title": _("Somebody has deleted this meanwhile"),
        "opts": model_admin.opts,
        "texts": typed_texts(request, model_admin),
        "had_files": bool(request.FILES),
        "may_come_back": model_admin.saves_drafts,
        "may_delete": may_delete,
        "may_add": model_admin.has_add_permission(request),
        "helpers": [(name_of(user), user.email) for user in helpers],
    }
    context = model_admin.admin_site.each_context(request) | shown
    return TemplateResponse(request, "admin/publishing/gone.html", context, status=HTTPStatus.NOT_FOUND)


def typed_texts(request, model_admin):
    """What stood in the fields of text of a sent form, from top to bottom: pairs of the field's name and its words."""
    form = model_admin.get_form(request, fields=None)  # all: which ones it shows may hang on the record that is gone
    texts = list(_texts_of(request.POST, "", form.base_fields, model_admin.model))
    rows = []
    for inline in model_admin.get_inline_instances(request):
        formset = inline.get_formset(request)
        for number in range(_number(request.POST.get(f"{formset.get_default_prefix()}-TOTAL_FORMS"))):
            prefix = f"{formset.get_default_prefix()}-{number}-"
            if f"{prefix}DELETE" not in request.POST:
                rows.append((_number(request.POST.get(f"{prefix}ordering")), prefix, inline, formset.form.base_fields))
    for _place, prefix, inline, fields in sorted(rows, key=lambda row: row[0]):
        kind = capfirst(inline.opts.verbose_name)
        texts += [(f"{kind}: {label}", words) for label, words in _texts_of(request.POST, prefix, fields, inline.model)]
    return texts


def _texts_of(data, prefix, fields, model):
    """The texts of one row of a form, as HTML: what is copied from the page keeps its paragraphs and its look."""
    rich = {field.name for field in model._meta.fields if isinstance(field, RichTextField)}
    for name, field in fields.items():
        words = data.get(prefix + name, "").strip()
        if words and isinstance(field, forms.CharField) and not isinstance(field.widget, UNSEEN):
            yield field.label, as_cleaned(clean_html(words)) if name in rich else linebreaks_filter(words)


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0
