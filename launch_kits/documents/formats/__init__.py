"""File formats: Markdown to HTML, PDF, slides and Word."""
