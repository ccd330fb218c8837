"""File formats of documents: HTML, PDF, slides and Word files."""
