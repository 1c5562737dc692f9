"""What can be wrong with an address, as it is stored and as it is said."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    ADDRESS = "address", _("this is no address that a browser could open")
    CLOSED = "closed", _("it leads to a machine that does not stand in public")
    NAME = "name", _("no site has this name")
    CONNECTION = "connection", _("the site does not answer")
    SECURITY = "security", _("its certificate is not in order, so browsers warn of it")
    TIME = "time", _("the site takes too long to answer")
    ANSWER = "answer", _("what the site answers cannot be read")
    REDIRECTS = "redirects", _("it leads from one address to the next without an end")
    STATUS = "status", _("the site says that nothing is there")
    ASKED_NOT_TO = "robots", _("the site asks programs not to look")
    REFUSED = "refused", _("the site does not answer programs")


class Failed(Exception):
    """An address that cannot be reached; `fault` says why."""

    def __init__(self, fault):
        super().__init__(fault)
        self.fault = fault
