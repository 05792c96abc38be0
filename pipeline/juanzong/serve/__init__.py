"""The web service: files in by the browser, reviews and exports out. All of its state is one folder."""
