"""Webhooks by the Standard Webhooks specification: what is sent, how it is signed, how it goes out, when again."""
