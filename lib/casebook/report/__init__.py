"""What a reader sees: notebook sections, figures, the report page, the index page, the lead browser."""

from casebook.report import sections as show

__all__ = ["show"]
