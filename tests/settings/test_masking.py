from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError, SettingsError
from launch_kits.settings import Settings
from launch_kits.settings.masking import SECRET, masked, masked_in
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
        "",
    ],
)
def test_an_address_without_a_secret_stays_as_it_is(url: str) -> None:
    assert masked(url) == url


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
