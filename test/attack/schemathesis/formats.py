"""Values of the formats that the documents of Aiqyn name and JSON Schema does not know: what no pattern can say."""

import base64
import random
from datetime import date

import schemathesis
from hypothesis import strategies as st


def _digit(digits, weights):
    return sum(int(d) * w for d, w in zip(digits, weights)) % 11


def _with_check_digit(eleven):
    control = _digit(eleven, range(1, 12))
    if control == 10:
        control = _digit(eleven, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2])
    return None if control == 10 else eleven + str(control)


def _number(eleven):
    return eleven.map(_with_check_digit).filter(lambda number: number is not None)


_digits = st.integers(0, 10**11 - 1).map(lambda n: f"{n:011d}")

_bins = _number(_digits)
_iins = _number(
    st.builds(
        lambda day, serial: f"{day:%y%m%d}{3 if day.year < 2000 else 5}{serial:04d}",
        st.dates(min_value=date(1950, 1, 1), max_value=date(2005, 12, 31)),
        st.integers(0, 9999),
    )
)
_days = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31)).map(str)
_texts = st.one_of(
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=40),
    st.text(st.characters(min_codepoint=0x410, max_codepoint=0x44F), min_size=20, max_size=60),
)


def _sealed(seed):
    """A padded text of 1 KiB with its tag, as services/reporting/src/sealing/padding.rules.ts wants it."""
    return base64.urlsafe_b64encode(random.Random(seed).randbytes(1024 + 16)).decode().rstrip("=")


schemathesis.openapi.format("bin", _bins)
schemathesis.openapi.format("iin", _iins)
schemathesis.openapi.format("date", _days)
schemathesis.openapi.format("plain-text", _texts)
schemathesis.openapi.format("etag", st.integers(0, 999_999_999).map(lambda version: f'"{version}"'))
schemathesis.openapi.format("url", st.integers(0, 9999).map(lambda n: f"https://example.org/{n}"))
schemathesis.openapi.format("sealed", st.integers(0, 2**32).map(_sealed))


def _rounded(value):
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return value


@schemathesis.hook
def map_body(context, body):
    """How many decimals a number may have stands in its description, since JSON Schema has no word for it."""
    return _rounded(body)
