"""Notices as neutral messages, before a channel renders them."""
