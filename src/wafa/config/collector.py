"""Python's cycle collector, told to look seldom.

A batch makes some ten thousand small objects that hang together without cycles, and lets them go at its end: reference
counts see to that. To look for cycles after every 700 of them, as Python does, took a quarter of the time that Python
spent on a receipt.
"""

import gc

YOUNG = 50_000
"""New objects after which the youngest are looked through; the older ones after twenty of these."""


def collect_seldom() -> None:
    """To be called once a process, when all is imported: what is there by then stays, and is never looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
