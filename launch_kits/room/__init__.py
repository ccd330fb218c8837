"""The launch room: pages in a browser that read views and act through verbs."""
