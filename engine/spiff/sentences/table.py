"""All sentences of the check by their code."""

from collections.abc import Mapping

from engine.spiff.sentences.drawing import DRAWING
from engine.spiff.sentences.filling import FILLING
from engine.spiff.sentences.wording import Sentence

SENTENCES: Mapping[str, Sentence] = {**DRAWING, **FILLING}
