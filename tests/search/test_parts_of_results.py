"""The parts of lists and results that are put together without a template: what readers and writers type stays text."""

from types import SimpleNamespace

from search.templatetags.results import facet_choices, marked


def test_pieces_are_escaped_and_those_that_are_marked_stand_in_a_mark():
    pieces = [(False, "1 < 2 & "), (True, "<b>families</b>"), (False, '"')]
    assert marked(pieces) == "1 &lt; 2 &amp; <mark>&lt;b&gt;families&lt;/b&gt;</mark>&quot;"


def test_a_choice_is_escaped_wherever_it_stands_and_only_the_chosen_one_is_checked():
    choices = [
        SimpleNamespace(slug='a"b', label="Health & <i>care</i>", count=1234, is_chosen=True),
        SimpleNamespace(slug="c", label="Attendance", count=2, is_chosen=False),
    ]
    first, second = facet_choices("topic", choices).split("</div>")[:2]
    assert 'value="a&quot;b" id="topic-a&quot;b" checked>' in first
    assert '<label for="topic-a&quot;b">Health &amp; &lt;i&gt;care&lt;/i&gt;</label><span>1234</span>' in first
    assert "checked>" not in second and 'value="c"' in second
