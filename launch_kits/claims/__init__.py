"""Claims: visibility for each reader, printed lines, proofs, and the audit of ledgers."""
