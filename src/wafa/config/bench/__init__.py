"""`wafa bench`: how fast, measured on a server of its own, made for the measurement and gone after it.

replay       the demo's year of receipts, from nothing: seconds, receipts a second, peak memory
engine       the operations, in batches of several sizes: receipts a second, also as a share of the yardstick
bulk         what goes over all members at once, and verify, at the size of a large shop
http         the API, with wrk asking it
rules        the evaluation of receipts by many rules, in memory
measuring    the process that the engine is measured in
kinds, shop  what it measures, and the shop that makes the commands
yardstick    what the bare statements would cost on the same server
statements   SQL statements a batch of the replay
counting     SQL statements, counted in the server's log
process      a command run to its end, with what it cost
"""
