"""`wafa bench http`: the API as programs use it, driven by wrk, on a server and with a database of its own.

command     the options
measuring   the process that makes the shop, starts the server, and has wrk ask it
asking      what wrk is told to ask, and what it says of the answers
*.lua       the requests
"""
