"""Reports: show things; self-contained HTML pages for reviewers."""
