"""What the site says about its own settings before it starts, or refuses to."""

import os
import subprocess
import sys
from ast import literal_eval

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from coalition_site.environment import Environment

GOOD_SECRET = "b7-Kq0_zXw4tYh9LmE2rPcV8sJdN1fUaG6oTiQyZ5xWkBvHnRg3"
MAKE_ONE = "secrets.token_urlsafe(50)"


def problems(**values):
    """The sentences of a production environment with these values."""
    environment = Environment({"SITE_ENV": "production"} | values)
    environment.secret("SECRET_KEY")
    url = environment.site_url("SITE_URL", default="http://localhost:8000")
    environment.hosts("ALLOWED_HOSTS", url)
    environment.required("DATABASE_URL", "Write the address of the database.")
    return environment.problems


GOOD = {"SECRET_KEY": GOOD_SECRET, "SITE_URL": "https://www.example.org", "DATABASE_URL": "postgresql://a@b/c"}


def test_a_complete_production_environment_has_no_problem():
    assert problems(**GOOD) == []


def test_everything_that_is_missing_is_named_at_once_with_advice():
    found = problems()
    assert [sentence.partition(" ")[0] for sentence in found] == ["SECRET_KEY", "SITE_URL", "DATABASE_URL"]
    assert all("is not set" in sentence for sentence in found)
    assert MAKE_ONE in found[0] and "https://" in found[1] and "Write the address" in found[2]


def test_the_refusal_lists_every_problem_and_says_where_to_read_on():
    environment = Environment({})
    environment.problems += ["ONE is not set.", "TWO is weak."]
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.refuse_if_incomplete()
    assert "  - ONE is not set.\n  - TWO is weak.\n" in str(refusal.value)
    assert ".env.example" in str(refusal.value) and "make run" in str(refusal.value)


def test_without_problems_nothing_is_refused():
    Environment({}).refuse_if_incomplete()


@pytest.mark.parametrize("secret", ["letmein", "x" * 60, "abcabcabc" * 10, GOOD_SECRET[:49], "django-insecure"])
def test_a_secret_that_could_be_guessed_is_refused_with_a_way_to_a_better_one(secret):
    (sentence,) = problems(**GOOD | {"SECRET_KEY": secret})
    assert sentence.startswith("SECRET_KEY is too weak") and MAKE_ONE in sentence
    assert secret not in sentence


def test_a_weak_secret_is_refused_on_a_developers_machine_too():
    environment = Environment({"SITE_ENV": "local", "SECRET_KEY": "secret"})
    environment.secret("SECRET_KEY")
    assert environment.problems


@pytest.mark.parametrize("value", ["   ", "\t", ""])
def test_a_value_of_blanks_counts_as_missing(value):
    assert any("SITE_URL is not set" in sentence for sentence in problems(**GOOD | {"SITE_URL": value}))


@pytest.mark.parametrize("hosts", ["*", "www.example.org,*", "*.example.org", ".example.org,*"])
def test_a_star_among_the_hosts_is_refused(hosts):
    (sentence,) = problems(**GOOD | {"ALLOWED_HOSTS": hosts})
    assert sentence.startswith("ALLOWED_HOSTS may not hold “*”")


def test_a_public_site_needs_https():
    (sentence,) = problems(**GOOD | {"SITE_URL": "http://www.example.org"})
    assert sentence == "SITE_URL begins with http. A public site needs https."


@pytest.mark.parametrize("url", ["www.example.org", "ftp://example.org", "https://", "https://example.org/site", "/"])
def test_a_site_url_that_is_no_address_of_a_site_is_named(url):
    (sentence,) = problems(**GOOD | {"SITE_URL": url})
    assert sentence.startswith(f"SITE_URL is “{url}”. Write an address")


def test_a_slash_at_the_end_of_the_sites_address_is_dropped():
    environment = Environment({"SITE_ENV": "production"} | {"SITE_URL": "https://www.example.org/"})
    assert environment.site_url("SITE_URL", default="") == "https://www.example.org"


def test_the_site_answers_to_its_own_name_and_to_those_listed():
    environment = Environment({"ALLOWED_HOSTS": "example.org, www.example.org ,,old.example.org"})
    hosts = environment.hosts("ALLOWED_HOSTS", "https://www.example.org")
    assert hosts == ["www.example.org", "example.org", "old.example.org"]


def test_a_developers_machine_needs_only_a_secret():
    environment = Environment({"SITE_ENV": "local", "SECRET_KEY": GOOD_SECRET})
    assert environment.is_local
    assert environment.secret("SECRET_KEY") == GOOD_SECRET
    assert environment.site_url("SITE_URL", default="http://localhost:8000") == "http://localhost:8000"
    assert environment.hosts("ALLOWED_HOSTS", "http://localhost:8000") == ["localhost"]
    assert environment.problems == []


def test_who_says_nothing_gets_production():
    assert not Environment({}).is_local
    assert Environment({}).name == "production"


def test_an_environment_of_another_name_is_named_and_treated_as_production():
    environment = Environment({"SITE_ENV": "staging"})
    assert environment.problems == ["SITE_ENV is “staging”. Write local or production, or leave it out."]
    assert not environment.is_local


def start(code="import django; django.setup()", **values):
    """Start the site in a process of its own with these values. Empty ones keep a developer's .env out of it."""
    blank = dict.fromkeys(("SECRET_KEY", "SITE_URL", "DATABASE_URL", "ALLOWED_HOSTS", "DEBUG", "LOG_LEVEL"), "")
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "coalition_site.settings"} | blank | values
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_production_with_nothing_set_does_not_start_and_says_what_to_do():
    started = start(SITE_ENV="production")
    assert started.returncode != 0
    for words in ("The site does not start", "SECRET_KEY is not set", "SITE_URL is not set", "DATABASE_URL is not set"):
        assert words in started.stderr
    assert (
        MAKE_ONE in started.stderr and "https://www.example.org" in started.stderr and "postgresql://" in started.stderr
    )


def test_production_with_all_values_starts_closed():
    values = "s.DEBUG, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME"
    code = f"import django; django.setup(); from django.conf import settings as s; print([{values}])"
    mail = {"MAIL_HOST": "smtp.example.org", "MAIL_FROM": "site@example.org"}
    started = start(code, SITE_ENV="production", DEBUG="1", **GOOD, **mail)
    assert started.returncode == 0, started.stderr
    assert started.stdout.strip() == "[False, ['www.example.org'], True, True, '__Host-session']"


@pytest.mark.parametrize("value", ["0", "-1", "twelve", "1.5"])
def test_a_number_that_is_none_or_too_small_is_named(value):
    environment = Environment({"SITE_ENV": "production", "FEEDBACK_MONTHS": value})
    assert environment.number("FEEDBACK_MONTHS", 12, least=1) == 12
    assert environment.problems == [f"FEEDBACK_MONTHS is “{value}”. Write a whole number, such as 12."]


def test_an_option_whose_packages_are_missing_is_refused_with_advice():
    environment = Environment({"SITE_ENV": "production", "SEARCH_BY_MEANING": "1"})
    assert environment.switch("SEARCH_BY_MEANING", packages=("json", "no_such_package"), advice="Install it.")
    assert environment.problems == ["SEARCH_BY_MEANING is on, and no_such_package cannot be found. Install it."]


@pytest.mark.parametrize(("value", "is_on"), [("1", True), ("0", False), ("", False)])
def test_an_option_is_on_only_when_it_says_so(value, is_on):
    environment = Environment({"SITE_ENV": "production", "SEARCH_BY_MEANING": value})
    assert environment.switch("SEARCH_BY_MEANING", packages=("json",), advice="") is is_on
    assert environment.problems == []


def test_an_option_that_says_something_else_is_named():
    environment = Environment({"SITE_ENV": "production", "SEARCH_BY_MEANING": "yes"})
    assert not environment.switch("SEARCH_BY_MEANING", packages=(), advice="")
    assert environment.problems == ["SEARCH_BY_MEANING is “yes”. Write 1 for on, 0 for off, or leave it out."]


STORE = {
    "MEDIA_STORE": "s3://coalition-media",
    "MEDIA_STORE_REGION": "eu-1",
    "MEDIA_STORE_KEY": "k",
    "MEDIA_STORE_SECRET": "s",
}


def test_an_object_store_is_told_in_full_or_named_as_incomplete():
    environment = Environment(STORE)
    assert environment.object_store("MEDIA_STORE")["bucket_name"] == "coalition-media"
    assert not environment.problems
    environment = Environment({"MEDIA_STORE": "coalition-media"})
    environment.object_store("MEDIA_STORE")
    assert [sentence.partition(" ")[0] for sentence in environment.problems] == [
        "MEDIA_STORE", "MEDIA_STORE_REGION", "MEDIA_STORE_KEY", "MEDIA_STORE_SECRET",
    ]  # fmt: skip


def test_without_an_object_store_uploads_are_kept_in_a_folder():
    environment = Environment({})
    assert environment.object_store("MEDIA_STORE") == {} and not environment.problems


def test_what_the_address_of_the_database_says_of_connections_comes_before_our_own_limits():
    code = "from coalition_site.settings import DATABASES as d; print(d['default']['OPTIONS'])"
    database = {"DATABASE_URL": "postgresql://a@b/c?connect_timeout=30&sslmode=require"}
    mail = {"MAIL_HOST": "smtp.example.org", "MAIL_FROM": "site@example.org"}
    started = start(code, SITE_ENV="production", **GOOD | database, **mail)
    assert started.returncode == 0, started.stderr
    options = literal_eval(started.stdout)
    assert (str(options["connect_timeout"]), options["sslmode"]) == ("30", "require")
    assert options["tcp_user_timeout"] > 0
