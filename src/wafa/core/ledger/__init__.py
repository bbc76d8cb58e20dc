"""The book of points: accounts, lots, wallets, entries, and the few movements that change them."""
