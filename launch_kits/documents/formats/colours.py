"""The colours of slides and Word files, as hexadecimal RGB.

Those of pages stand in page.css and page.typ.
"""

__all__ = ["ACCENT", "INK", "LINE", "SOFT", "WARN"]

INK, SOFT, LINE, ACCENT, WARN = "1B1F24", "57606A", "D5DAE0", "0B57D0", "8A4B00"
