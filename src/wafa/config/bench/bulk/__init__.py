"""`wafa bench bulk`: what goes over all members at once, at the size of a large shop.

command      the options
measuring    the process that is measured
jobs         what is measured: expiry, the review of tiers, verify
shop, rows   the shop that it is measured in, made by the database
"""
