"""What may be printed for whom: visibility, the printed lines, proofs, and the audit of ledgers."""
