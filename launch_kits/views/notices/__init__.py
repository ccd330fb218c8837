"""Notices as neutral messages: what they tell their reader, before any channel renders them."""
