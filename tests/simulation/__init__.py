"""A seeded shop-year on a virtual clock, with all that goes wrong between tills and a server; audited by verify."""
