"""Labels, help and errors stay tied to their field."""

from __future__ import annotations

from django.utils import translation

from essaim.kit.catalogue import SampleForm


def test_each_field_has_its_label_help_and_optional_mark():
    with translation.override("en"):
        page = str(SampleForm())
    assert '<label for="id_title">Title of the idea</label>' in page
    assert '<div class="help" id="id_pitch_helptext">What would change on our tables?</div>' in page
    assert 'aria-describedby="id_pitch_helptext"' in page
    assert page.count("(optional)") == 2
    assert "<legend>When would you eat it?</legend>" in page
    assert '<label class="choice" for="id_moment_0">' in page


def test_errors_stand_on_top_and_beside_and_nothing_typed_is_lost():
    with translation.override("en"):
        page = str(SampleForm({"title": "", "pitch": 'kept "words" <b>', "shelf": "stone"}))
    assert "<h2>4 things to correct</h2>" in page
    assert '<a href="#id_title">Title of the idea: This field is required.</a>' in page
    assert '<ul class="errors errorlist" id="id_title_error"><li>This field is required.</li></ul>' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_title_error"' in page
    assert "kept &quot;words&quot; &lt;b&gt;" in page
    assert 'href="#id_moment' in page


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in str(SampleForm())
