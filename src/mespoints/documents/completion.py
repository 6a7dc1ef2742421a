"""Running to its end the work that pyHanko only offers as a coroutine."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def completed(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Its answer. In a thread of its own: ``asyncio.run`` refuses one whose event loop turns already (ASGI, browser tests)."""
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(asyncio.run, work).result()
