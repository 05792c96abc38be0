"""Answers about a text that are kept, for as long as one bundle needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
_MOST = 1 << 19  # answers kept of one question: a sheet of 300,000 cells is walked a dozen times, in the same order
_KEPT = 1 << 14  # that may stay for the next bundle
_all: list[Any] = []


def remembered(ask: Callable[_P, _T]) -> Callable[_P, _T]:
    """The function, that answers what it was asked before at once. For functions of a text alone."""
    kept = lru_cache(maxsize=_MOST)(ask)
    _all.append(kept)
    return kept  # type: ignore[return-value]


@contextmanager
def fresh() -> Iterator[None]:
    """For one bundle: what a large one left behind goes first."""
    for kept in _all:
        if kept.cache_info().currsize > _KEPT:
            kept.cache_clear()
    yield
