"""What a list of the blog shows."""

import re


def titles(response):
    assert response.status_code == 200
    return re.findall(r'<h2><a href="/blog/[^"]*">([^<]*)</a></h2>', response.content.decode())


def older(response):
    return re.search(r'href="(\?before=\d+)"', response.content.decode())
