"""Workbooks (xlsx, xlsm, xlsb, xls, ods): parsed in a process of their own, where no file can harm the one that asks."""
