"""What readers write to the office: forms without a script, a cookie or an account, and the inbox of the staff.

Apps of content call `register_subject(resolver)` and `register_place(view_name, title)` in their `AppConfig.ready()`,
so that a form names what it is about.
"""

from feedback.subjects import register_place, register_subject

__all__ = ["register_place", "register_subject"]
