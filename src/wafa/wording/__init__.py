"""Words and figures for people: numbers, dates, slips and names in English, Arabic and Persian.

A leaf room: it knows the store's rows and the core's words, and every door may use it.
"""
