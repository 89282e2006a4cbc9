"""Readers learned from examples."""

from __future__ import annotations

import io

import numpy as np

from essaim.listening.reading.cues import count_cues
from essaim.listening.reading.grams import features, prepare


def packed(text: str, language: str) -> bytes:
    """All that training needs of a text, without its words: numbers of its grams, and its cues."""
    batch = prepare([text])
    places, counts = np.unique(np.concatenate([block.indices for block in features(batch)]), return_counts=True)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        places=places.astype(np.int32),
        counts=np.minimum(counts, 255).astype(np.uint8),
        cues=count_cues(batch, language)[0].astype(np.float32),
    )
    return buffer.getvalue()
