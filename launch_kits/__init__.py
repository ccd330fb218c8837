"""Launch Kits.

Go-to-market launches from a brief to the day after, planned, owned, sourced and watched.
"""
