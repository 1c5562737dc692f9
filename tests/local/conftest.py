import pytest

from local.postgres import Cluster, find_binaries


@pytest.fixture
def cluster(tmp_path):
    """A cluster that was not made yet; whatever a test leaves running is stopped."""
    cluster = Cluster(tmp_path / ".local", find_binaries())
    yield cluster
    cluster.stop_if_unused()
