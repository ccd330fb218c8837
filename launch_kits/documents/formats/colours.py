"""The colours of slides and Word files, as hexadecimal RGB.

The colours of pages are in page.css and page.typ.
"""

__all__ = ["ACCENT", "INK", "LINE", "SOFT", "WARN"]

INK = "1B1F24"
SOFT = "57606A"
LINE = "D5DAE0"
ACCENT = "0B57D0"
WARN = "8A4B00"
