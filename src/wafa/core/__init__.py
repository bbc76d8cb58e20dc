"""The law of points: values in, values out.

Python's standard library only. No clock, no randomness, no I/O, no prose, no floats: what the law needs
to know comes in as a value, and the same values always give the same outcome.
"""
