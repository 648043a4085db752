"""What people type: digits, signs and quotes of other keyboards, and numbers as they write them."""

import math
import re
import unicodedata

# what the compatibility forms of Unicode leave as it is
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`＇", "'"),
        **dict.fromkeys("“”„‟″«»＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("、،", ","),
        **dict.fromkeys("。٫", "."),
        "٬": " ",
        "【": "[", "】": "]", "〔": "[", "〕": "]", "×": "x",
    }
)  # fmt: skip
_INVISIBLE = {"Cf", "Cc"}
_GROUPED = re.compile(r"\d{1,3}(?:([ ,._'])\d{3})(?:\1\d{3})*")
_TWO_WAYS = re.compile(r"([+-]?)\s*([1-9]\d{0,2}),(\d{3})")


def plain(text: str) -> str:
    """A text as an English keyboard would have it: the same signs, nothing invisible."""
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character.isascii():
        return character if character in "\n\t" or character.isprintable() else ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(character) in _INVISIBLE else character


def number(text: str) -> float | None:
    """The number that a text is, with a decimal point or comma; ``None`` if it is none, or two.

    83% is 0.83.
    """
    if readings(text):
        return None
    text = plain(text).strip()
    if text.endswith("%"):
        share = number(text[:-1]) if text[-2:-1] != "%" else None
        return None if share is None else share / 100
    sign, text = (text[0], text[1:].strip()) if text[:1] in ("+", "-") else ("", text)
    whole, point, part = _split(text)
    if _GROUPED.fullmatch(whole) and not whole.startswith("0"):
        whole = re.sub(r"\D", "", whole)
    text = f"{whole}{'.' * bool(point)}{part}"
    if not re.fullmatch(r"(\d++\.?\d*+|\.\d++)(e[+-]?\d++)?", text, re.IGNORECASE):
        return None
    value = float(sign + text)
    return value if math.isfinite(value) else None


def readings(text: str) -> tuple[str, str] | None:
    """Both numbers that a text may be: 2,500 is 2500 to some and 2.5 to others, 0,250 is clear."""
    found = _TWO_WAYS.fullmatch(plain(text).strip())
    if found is None:
        return None
    sign, whole, rest = found.groups()
    return f"{sign}{whole}{rest}", f"{sign}{whole}.{rest}"


def written(value: float) -> str:
    """A number as one would write it."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, however many spaces there are."""
    return normal(one) == normal(other)


def same_answer(one: str, other: str) -> bool:
    """The same for what people type, on whichever keyboard."""
    return same_text(plain(one), plain(other))


def normal(text: str) -> str:
    """A text with single spaces, and none around brackets, commas and colons."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return "\n".join(re.sub(r" ?([][(){},:]) ?", r"\1", line) for line in lines)


def _split(text: str) -> tuple[str, str, str]:
    """What stands before the decimal sign, the sign, and what follows."""
    signs = re.findall("[.,]", text)
    if not signs or (len(signs) > 1 and len(set(signs)) == 1):
        return text, "", ""  # 100480, 1.234.567
    return text.rpartition(signs[-1])  # the last one: 1,234.5 and 1.234,5
