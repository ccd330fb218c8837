"""Everything people write: brief, kit, ledger and team, read, validated and checked."""
