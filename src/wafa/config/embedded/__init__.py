"""The embedded PostgreSQL: one server for one WAFA_HOME, started when needed, stopped by the last who leaves.

    layout      where its data, socket and logs are; its URLs, computed without starting anything
    account     which system user it runs as, and what that user must be allowed to reach
    cluster     making the data folder, whole or not at all; its settings and who may connect
    postmaster  the server process: is it there, start it, stop it, clear up after a crash
    presence    who is using it, kept as a file lock, and so who is the last

Everything else goes through the functions below.
"""

from wafa.config.embedded.layout import Layout, owner_url, url
from wafa.config.embedded.presence import ensure_running, is_running, join, keep_running, leave, stop

__all__ = ["Layout", "ensure_running", "is_running", "join", "keep_running", "leave", "owner_url", "stop", "url"]
