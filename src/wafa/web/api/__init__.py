"""The door for other programs: tills, web shops, ERPs.

app          the address, the calls, how refusals are answered
access       who asks, and what they may do
fields       the kinds of fields that bodies are made of
bodies       what is sent: documents, requests, members
answers      what is answered
singles      handing single commands to the batcher
resources/   a file per resource: its calls
"""
