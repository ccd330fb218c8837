"""The database: tables, the store, queries, leases, migrations."""
