"""`wafa bench`: how fast, measured on a server of its own, made for the measurement and gone after it.

replay       the demo's year of receipts, from nothing: seconds, receipts a second, peak memory
statements   SQL statements a batch, counted in the server's log
process      a command run to its end, with what it cost
"""
