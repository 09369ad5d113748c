"""The card of an article in a notebook: the annotator's script as a widget, with a `NotebookServer` answering its messages."""

import json
from typing import Any

import anywidget
from traitlets import Bool, Dict, Unicode

from helpers.curation.notebook_server import NotebookServer
from helpers.files import paths
from helpers.report import interactive


class Card(anywidget.AnyWidget):
    """A widget that shows a button and, when it is pressed, the annotator."""

    _esm = Unicode().tag(sync=True)
    _css = Unicode().tag(sync=True)
    words = Dict().tag(sync=True)
    lang = Unicode("en").tag(sync=True)
    sha256 = Unicode().tag(sync=True)
    started = Bool(False).tag(sync=True)  # whether the button was pressed; kept when the page is reloaded

    def __init__(self, server: NotebookServer) -> None:
        made = files()
        super().__init__(
            _esm=made["js"],
            _css=made["css"],
            words=made["words"],
            sha256=server.article.sha256,
            started=server.begun,
        )
        self._server = server
        self.on_msg(self._asked)

    def _asked(self, _: anywidget.AnyWidget, message: dict[str, Any], buffers: object) -> None:
        self._server.hear(message, self.send)

    def _repr_mimebundle_(self, **given: Any) -> Any:
        """The widget, or no output if it was closed; the article is shown below it."""
        bundle = super()._repr_mimebundle_(**given)
        if bundle is None:  # closed
            return None
        data, metadata = bundle
        return data | interactive.INSTEAD, metadata


def files() -> dict[str, Any]:
    """The annotator's script, style sheet and phrases."""
    folder = paths.templates() / "annotator"
    text = {name: (folder / f"annotator.{name}").read_text(encoding="utf-8") for name in ("js", "css")}
    return text | {"words": json.loads((folder / "words.json").read_text(encoding="utf-8"))}
