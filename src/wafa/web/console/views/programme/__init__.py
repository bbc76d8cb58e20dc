"""The programme's pages: its versions, a version, a rule of a draft, and trying them on receipts."""
