"""Launch Kits: go-to-market launches from a brief to the day after, planned, owned, sourced and watched."""
