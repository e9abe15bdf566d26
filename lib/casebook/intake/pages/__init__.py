"""HTML pages and XML spreadsheets → rows, with their merges."""
