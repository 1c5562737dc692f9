"""Where the admin has the rows of a model."""

from django.urls import reverse


def list_url(model):
    """Where the rows of a model are listed."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change_url(model, pk):
    """Where one of them is edited; NoReverseMatch for a model that the admin does not show."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
