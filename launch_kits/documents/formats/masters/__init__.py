"""Documents made in the company's own PowerPoint and Word files."""
