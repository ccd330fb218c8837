"""Texts as parts of a sentence: their ends, capitals, articles and quotes."""

from __future__ import annotations

import re

from launch_kits.documents.bounds import spend_on

__all__ = [
    "article",
    "behind",
    "capitalized",
    "dateline",
    "ended",
    "instead",
    "is_phrase",
    "lead_in",
    "midsentence",
    "sentence",
    "told_of",
]


def sentence(text: str) -> str:
    """Remove the full stop at the end of a text, in the scripts that have their own."""
    spend_on(text)
    return text.strip().rstrip(_STOPS)


def lead_in(text: str) -> str:
    """End a text that leads to the next one: with its own mark, or with a colon."""
    whole = sentence(text)
    return whole if whole.endswith(_ENDS) else f"{whole}:"


#: full stops, and all marks that end a sentence, in the scripts that have their own
_STOPS = ".\u3002\uff0e\u06d4\u0964\u0589\u1362"
_ENDS = (*_STOPS, *"!?\u2026\uff01\uff1f\u061f")


def ended(text: str) -> str:
    """End a text with one mark: its own, or a full stop.

    Closing quotes and brackets may follow its own mark.
    """
    spend_on(text)
    whole = text.strip()
    if whole.rstrip("\"')]*_\u201d\u2019\u00bb\u300d\u300f\uff09").endswith(_ENDS):
        return whole
    # Markdown stays Markdown
    return whole + "." if whole else ""


def capitalized(text: str) -> str:
    """Write the first letter of a text as a capital."""
    spend_on(text)
    return text[:1].upper() + text[1:]


def midsentence(text: str) -> str:
    """Write a text as a part of a sentence: an article or a pronoun first loses its capital.

    Other words keep it, since they may be names.
    """
    spend_on(text)
    return re.sub(
        r"^(?:An?|The|It|They|There|You|Your|We|Our)(?= )",
        lambda found: found[0].lower(),
        text,
    )


def behind(text: str, word: str) -> str:
    """Write a text as the part of a sentence behind a word: “that”, “who”, “for” or “a”.

    People write the word too, or begin with a capital: neither is printed. Behind “that” and “who”
    a verb follows, which is small; behind the others only words that name no one are made small.
    """
    spend_on(text)
    words = "an?|the" if word == "a" else re.escape(word)
    rest = re.sub(rf"^\s*(?:{words})\s+", "", text, flags=re.IGNORECASE)
    first = re.match(r"[A-Z][a-z]*(?= )", rest)
    if first and (word in ("that", "who") or first[0].lower() in _COMMON):
        return rest[0].lower() + rest[1:]
    return rest


#: words with which a description of customers or of a kind of thing begins
_COMMON = frozenset({
    *("a", "all", "an", "any", "anyone", "both", "everyone", "many", "most"),
    *("some", "the", "those"),
    *("buyers", "companies", "consumers", "customers", "developers", "engineers"),
    *("families", "founders", "households", "makers", "operators", "organisations"),
    *("organizations", "owners", "parents", "people", "readers", "sellers", "students"),
    *("teachers", "teams", "users", "large", "medium", "new", "open", "small"),
})  # fmt: skip


def instead(name: str) -> str:
    """Write what customers do without us as a part of a sentence.

    A product keeps its name, a thing its article. Words that go on in lower case are quoted:
    ``“Stay on 7.2”``.
    """
    text = midsentence(name)
    if text != name or not re.match(r"\S+ [a-z]", text):
        return text
    return f"\u201c{text}\u201d"


def dateline(place: str) -> str:
    """Write the place of a dateline: the city in capitals, a state as it is written.

    ``SAN FRANCISCO, Calif.``
    """
    spend_on(place)
    city, comma, state = place.partition(",")
    return f"{city.upper()}{comma}{state}"


def is_phrase(text: str) -> bool:
    """Whether a text says what a thing is, and is no sentence by itself: ``a calendar for all``.

    One that begins with “the” is if no word before its first preposition may be a verb.
    """
    if re.match(r"an? ", text, re.IGNORECASE):
        return True
    if not re.match(r"the ", text, re.IGNORECASE):
        return False
    head = re.split(r"[ ,](?:for|from|in|of|on|that|to|which|who|with)[ ,]", text)[0]
    return not any(
        re.search(r"(?:s|ed)$|^(?:can|do|has|have|may|will)$", word)
        for word in head.split()[2:]
    )


def told_of(summary: str, product: str, again: bool = False) -> str:  # noqa: FBT002
    """Write a summary as a sentence that names the product: ``Acme 2 is a calendar.``.

    A summary that is a sentence stays as it is.

    ``again`` says “It”, if the words before name the product.
    """
    whole = ended(summary)
    if not is_phrase(whole):
        return capitalized(whole)
    subject = "It" if again else product
    return f"{subject} is {whole[:1].lower()}{whole[1:]}"


def article(noun: str) -> str:
    """The indefinite article of a noun: ``a`` or ``an``."""
    spend_on(noun)
    word = noun.strip().lower()
    if re.match(r"(?:eu|uni(?!n|m)|use|us[aeiou]|one\b|once\b|u[ -])", word):
        return "a"
    return "an" if re.match(r"[aeiou]|hour|honest|heir", word) else "a"
