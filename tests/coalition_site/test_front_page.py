from coalition_site.content_loader import load_starting_content


def test_the_front_page_shows_the_coalitions_own_words(client, db):
    load_starting_content()
    html = client.get("/").content.decode()
    assert "Because Every Child Deserves Every Chance" in html
    for part in ("Vision", "Mission", "Core Values", "Goals", "Activities"):
        assert f">{part}</h2>" in html
    assert "Embrace Diversity" in html
