"""Setting up a shop: a few questions in the owner's language, and a programme to start from.

templates   programmes by kind of shop, a file each
coins       what a small amount is in a currency, by which templates scale
questions   what is asked, in three languages
"""
