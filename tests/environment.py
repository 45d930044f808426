"""Where tests keep their site: a folder of their own. Imported before anything reads the environment."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["CHANJIAO_HOME"] = tempfile.mkdtemp(prefix="chanjiao-tests-")
(Path(os.environ["CHANJIAO_HOME"]) / "static").mkdir()  # whitenoise warns where it is missing
os.environ["CHANJIAO_DEBUG"] = "1"
os.environ["CHANJIAO_DEMO"] = "1"
os.environ.setdefault("CHANJIAO_LANGUAGE", "en")
