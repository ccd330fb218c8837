"""The pages: one module for each, which the frame finds by itself."""
