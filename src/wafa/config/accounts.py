"""Who may have an account: staff only, each made by the owner; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in with a user name; sign-up is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: members of staff are entered by their owner."""
        return False
