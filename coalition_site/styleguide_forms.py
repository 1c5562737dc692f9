"""The samples of the style guide for the fields of forms."""

from django import forms


class SampleForm(forms.Form):
    """One field of each sort, as forms of this site write them."""

    title = forms.CharField(required=False, widget=forms.TextInput({"class": "input"}))
    year = forms.RegexField(
        r"^\d{4}$",
        help_text="Four digits.",
        error_messages={"invalid": "Type a year of four digits, such as 2017."},
        widget=forms.TextInput({"class": "input input--short"}),
    )
    kind = forms.ChoiceField(
        choices=[("report", "Report"), ("guide", "Guide")], widget=forms.Select({"class": "input"})
    )
    summary = forms.CharField(widget=forms.Textarea({"class": "input", "rows": 3}))
    number = forms.CharField(disabled=True, label="Not editable", widget=forms.TextInput({"class": "input"}))
    topics = forms.MultipleChoiceField(
        choices=[("evaluation", "Evaluation"), ("evidence", "Evidence review")], widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        choices=[("en", "English"), ("es", "Spanish")],
        help_text="The language of the work.",
        error_messages={"required": "Choose one."},
        widget=forms.RadioSelect,
    )
    newsletter = forms.BooleanField(label="Send me the newsletter")


def field_states():
    blank = SampleForm(
        initial={"title": "Community School Standards", "number": "ED477535", "topics": ["evaluation"]},
        auto_id="sample-%s",
    )
    wrong = SampleForm({"year": "20177", "kind": "guide"}, auto_id="wrong-%s")
    return [
        ("normal", {"field": blank["title"]}),
        ("with help, short", {"field": blank["year"]}),
        ("wrong", {"field": wrong["year"]}),
        ("choice from a list", {"field": blank["kind"]}),
        ("longer text", {"field": blank["summary"]}),
        ("disabled", {"field": blank["number"]}),
        ("checkboxes", {"field": blank["topics"]}),
        ("radio buttons, wrong", {"field": wrong["language"]}),
        ("one checkbox", {"field": blank["newsletter"]}),
    ]


def choice_states():
    form = SampleForm(initial={"topics": ["evaluation"]}, auto_id="choice-%s")
    checked, unchecked = form["topics"].subwidgets
    radio = form["language"].subwidgets[0]
    return [
        (
            "checked, with a count",
            {"control": checked.tag(), "id": checked.id_for_label, "label": "Evaluation", "count": 9},
        ),
        ("unchecked", {"control": unchecked.tag(), "id": unchecked.id_for_label, "label": "Evidence review"}),
        ("radio button", {"control": radio.tag(), "id": radio.id_for_label, "label": "English"}),
    ]
