"""The files that a SOURCE names: a file, a folder, a ZIP archive, a packaged fixture."""
