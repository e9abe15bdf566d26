"""Writes `homophones.txt`: each character's first reading without tone, from pypinyin's dictionary (MIT licence).

A development tool: `python -m casebook.text.build_homophones`. `tests/text/test_homophones.py` fails when the file is stale.
"""

from collections import defaultdict
from pathlib import Path

from casebook.text.sounds import TABLE_NAME


def table() -> str:
    """The text of the table: one line a syllable, the syllable and its characters separated by a blank."""
    from pypinyin import lazy_pinyin, pinyin_dict  # noqa: PLC0415  a dependency of development only

    characters: dict[str, list[str]] = defaultdict(list)
    for code in sorted(pinyin_dict.pinyin_dict):
        syllable = lazy_pinyin(chr(code))[0]
        if syllable.isascii() and syllable.isalpha():
            characters[syllable].append(chr(code))
    return "".join(f"{syllable} {''.join(characters[syllable])}\n" for syllable in sorted(characters))


def main() -> None:
    """Write the table beside this module."""
    (Path(__file__).parent / TABLE_NAME).write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
