from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError, SettingsError
from launch_kits.settings import Settings
from launch_kits.settings.masking import SECRET, hidden_in, masked, masked_in
from launch_kits.slack.api.setup import web_client

HIDDEN = "hunter2"
ADDRESSES = [
    f"postgresql+psycopg://pia:{HIDDEN}@127.0.0.1:1/x",
    f"postgresql+psycopg://pia:{HIDDEN}@@/x@127.0.0.1:1/x",
    f"postgresql+psycopg://127.0.0.1:1/x?password={HIDDEN}",
    f"postgresql+psycopg://127.0.0.1:1/x?user=pia&PassWord={HIDDEN}&connect_timeout=1",
    f"postgresql+psycopg://127.0.0.1:1/x?pass%77ord={HIDDEN}",
    f"postgresql+psycopg://127.0.0.1:1/x?sslpassword={HIDDEN}",
    f"postgresql+psycopg://127.0.0.1:1/x?passfile=/home/pia/{HIDDEN}",
    f"postgresql+psycopg://127.0.0.1:1/x?passwd={HIDDEN};pwd={HIDDEN}",
    f"https://pia:{HIDDEN}@prefect.example.com/api?token={HIDDEN}",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_no_address_shows_a_secret(url: str) -> None:
    assert HIDDEN not in masked(url)
    assert SECRET in masked(url)
    told = masked_in(f'could not reach "{url}" ({url}); try again')
    assert HIDDEN not in told
    assert told.startswith('could not reach "')
    assert told.endswith("); try again")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////home/pia/launch-kits.db",
        "postgresql+psycopg://pia@db.example.com:5432/launch_kits?sslmode=require&connect_timeout=5",
        "http://127.0.0.1:4200/api",
        "http://[::1]:4200/api",
        "https://example.com/@pia/notes?page=2&flag#part",
        "sqlite:////home/pia@work/my launch#1/launch-kits.db",
        "sqlite://",
        "postgresql://[fd00::1%eth0]:5432/x",
        "",
    ],
)
def test_an_address_without_a_secret_stays_as_it_is(url: str) -> None:
    assert masked(url) == url


@pytest.mark.parametrize(
    "url",
    [
        f"host=127.0.0.1 password={HIDDEN} port=1",
        f"postgresql:/u:{HIDDEN}@h/db",
        f"//u:{HIDDEN}@h/db",
        f"u:{HIDDEN}@host/db",
        f"postgresql://u:{HIDDEN}",
        f"postgresql://u:a/{HIDDEN}@h/db",
        f"postgresql://u:12/{HIDDEN}@h/db",
        f"postgresql://u:12?{HIDDEN}@h/db",
        f"postgresql://u:a@{HIDDEN}#x@127.0.0.1:1",
        f"postgresql:///u:{HIDDEN}@h/db",
        f"postgresql://h/password={HIDDEN}",
        f"postgresql://h/password%3D{HIDDEN}",
        f"postgresql://h/db?{HIDDEN}",
        f"postgresql://h/db?connect_timeout=1#{HIDDEN}",
        f"postgresql://u:a b{HIDDEN}#@h/db",
        f"sqlite:///u:{HIDDEN}@h/db",
        f"http://u:12/{HIDDEN}@h/api",
        f"http:///u:{HIDDEN}@h/api",
        f"http://h/?next=http://u:{HIDDEN}@h/",
        f"https://h/#access_token={HIDDEN}",
    ],
)
def test_an_address_that_is_doubtful_is_not_shown_at_all(url: str) -> None:
    assert masked(url) == SECRET
    assert HIDDEN not in hidden_in(f"no host '{HIDDEN}#x@h' in {HIDDEN}", url=url)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("password=HUN TER2", "password=********"),
        ("password=aa&HUNTER2", "password=********&********"),
        ("password=aa&HUNTER2=1", "password=********&********"),
        ("password=aa;HUNTER2", "password=********"),
        ("password=a&sslmode=require", "password=********&sslmode=require"),
        ("conninfo=password%3DHUNTER2", "conninfo=********"),
        ("options=-c%20password%3DHUNTER2", "options=********"),
        ("user=a:HUNTER2@h", "user=********"),
        ("host=/run/postgresql&port=5432", "host=/run/postgresql&port=5432"),
    ],
)
def test_only_harmless_parameters_are_shown(query: str, shown: str) -> None:
    assert masked(f"postgresql:///x?{query}") == f"postgresql:///x?{shown}"


def test_a_drivers_words_hide_what_the_address_hides_and_no_more() -> None:
    url = "postgresql://ann:very@se%20cret@db.example.com/x?options=-c%20a"
    told = 'host "se cret@db.example.com", user "ann": \'very\', se%20cret, failed'
    assert hidden_in(told, url=url) == (
        f'host "{SECRET}@db.example.com", user "ann": \'{SECRET}\', {SECRET}, failed'
    )
    honest = "postgresql://ann@db/x"
    assert hidden_in("no host db for ann", url=honest) == "no host db for ann"


@pytest.mark.parametrize("url", ADDRESSES)
def test_neither_settings_nor_errors_show_it(url: str) -> None:
    settings = Settings.read(
        {"LAUNCH_KITS_HOME": "/nowhere/home", "LAUNCH_KITS_DATABASE_URL": url}
    )
    settings = replace(settings, prefect_api_url=url, slack_base_url=url)
    assert HIDDEN not in repr(settings) + str(settings.shown())
    if url.startswith("postgresql"):
        with pytest.raises(SettingsError) as wrong:
            web_client(settings)
        assert HIDDEN not in str(wrong.value)
        store = Store(url)
        with pytest.raises(DatabaseError) as away:
            store.revision()
        store.close()
        assert HIDDEN not in str(away.value)
