"""What the stories of all process families share."""

import pytest

from engine.spiff.runner import SpiffRunner


class CompiledOnce(SpiffRunner):
    """Compiles a family once for all stories."""

    def __init__(self):
        super().__init__()
        self.bundles = {}

    def compile(self, bundle, catalogue):
        if bundle.content_hash not in self.bundles:
            self.bundles[bundle.content_hash] = super().compile(bundle, catalogue)
        return self.bundles[bundle.content_hash]


@pytest.fixture(scope="session")
def runner():
    return CompiledOnce()
