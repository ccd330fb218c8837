"""Names and pages of social networks."""

from __future__ import annotations

from launch_kits.inputs.links import is_web_link

__all__ = ["network_name", "page_on"]

#: key of a network → its name as it writes it, and the address of the page of NAME there; empty
#: for one whose pages are on many servers
_NETWORKS = {
    "bluesky": ("Bluesky", "https://bsky.app/profile/NAME"),
    "discord": ("Discord", "https://discord.gg/NAME"),
    "facebook": ("Facebook", "https://www.facebook.com/NAME"),
    "github": ("GitHub", "https://github.com/NAME"),
    "gitlab": ("GitLab", "https://gitlab.com/NAME"),
    "instagram": ("Instagram", "https://www.instagram.com/NAME"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/NAME"),
    "mastodon": ("Mastodon", ""),
    "matrix": ("Matrix", ""),
    "pinterest": ("Pinterest", "https://www.pinterest.com/NAME"),
    "reddit": ("Reddit", "https://www.reddit.com/NAME"),
    "slack": ("Slack", ""),
    "telegram": ("Telegram", "https://t.me/NAME"),
    "threads": ("Threads", "https://www.threads.net/@NAME"),
    "tiktok": ("TikTok", "https://www.tiktok.com/@NAME"),
    "twitch": ("Twitch", "https://www.twitch.tv/NAME"),
    "twitter": ("X", "https://x.com/NAME"),
    "whatsapp": ("WhatsApp", ""),
    "x": ("X", "https://x.com/NAME"),
    "xing": ("XING", "https://www.xing.com/NAME"),
    "youtube": ("YouTube", "https://www.youtube.com/NAME"),
}
#: networks whose pages have a folder before the name, which people leave out
_FOLDERS = {"linkedin": "company/", "reddit": "r/", "xing": "pages/"}


def network_name(key: str) -> str:
    """The name of a network as it writes it: ``LinkedIn`` for ``linkedin``."""
    known = _NETWORKS.get(key)
    return known[0] if known else key[:1].upper() + key[1:].replace("_", " ")


def page_on(key: str, handle: str) -> str:
    """The address of a company's page on a network; empty if the handle does not tell it."""
    name = handle.strip()
    if is_web_link(name):
        return name
    if "." in name.partition("/")[0] and "/" in name:
        return f"https://{name}"
    if key == "mastodon":
        return _on_server(name)
    bare = name.removeprefix("@").strip("/")
    before = _NETWORKS.get(key, ("", ""))[1]
    if not before or not bare or " " in bare:
        return ""
    if key == "youtube":
        bare = bare if "/" in bare else f"@{bare}"
    folder = _FOLDERS.get(key, "")
    return before.replace("NAME", bare if "/" in bare else f"{folder}{bare}")


def _on_server(name: str) -> str:
    """The page of ``@name@server``."""
    user, _, server = name.removeprefix("@").partition("@")
    return f"https://{server}/@{user}" if user and "." in server else ""
