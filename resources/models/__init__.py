from resources.models.deleted import DeletedWork
from resources.models.files import FilePage, StoredFile, WorkFile
from resources.models.parts import Contributor, FactNote, Identifier, Relation, WorkLink
from resources.models.publication import Publication
from resources.models.series import Series
from resources.models.traces import DownloadCount

__all__ = [
    "Contributor",
    "DeletedWork",
    "DownloadCount",
    "FactNote",
    "FilePage",
    "Identifier",
    "Publication",
    "Relation",
    "Series",
    "StoredFile",
    "WorkFile",
    "WorkLink",
]
