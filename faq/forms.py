from operator import attrgetter

from django import forms
from django.utils.translation import gettext_lazy as _

from faq.models import Question
from vocabulary.models import Role


class QuestionListForm(forms.Form):
    """`q`: words; `role`: for whom; `print`: “y” opens all answers.

    Wrong values are ignored, and `ignored` says so to the reader. A wrong `print` needs no sentence: nothing is left
    out for it.
    """

    q = forms.CharField(required=False, max_length=200)
    role = forms.ModelChoiceField(
        label=_("Who are you?"),
        queryset=None,
        to_field_name="slug",
        required=False,
        empty_label=_("Anybody"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    print = forms.CharField(required=False, max_length=1)

    def __init__(self, data, *, language):
        super().__init__(data)
        asked = Question.objects.public().in_language(language)
        self.fields["role"].queryset = Role.objects.filter(questions__in=asked).distinct().in_order()
        self.fields["role"].label_from_instance = attrgetter("name")

    @property
    def ignored(self):
        """Sentences about the values that were left out."""
        sentences = {
            "q": _("The words were not understood. Write up to 200 letters."),
            "role": _("This role is not known here; the questions of everybody are shown."),
        }
        return [sentences[name] for name in self.errors if name in sentences]

    def chosen(self, name):
        self.is_valid()
        return self.cleaned_data.get(name)
