"""Asking for the list of works as JSON."""

LIST = "/resources/publications.json"
SITE = "https://www.example.org"


def asked(client, **query):
    response = client.get(LIST, query)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    return response.json()


def titles(data):
    return [work["title"] for work in data["publications"]]
