"""The console: the pages that an owner, a branch manager and a cashier work with."""
