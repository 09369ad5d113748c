"""Two passes over one article: the annotations of two people, each in a folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.annotation import folder, load
from helpers.annotation.load import Annotations
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.inputs import arguments
from helpers.lexicon.entries import Actors, Cue
from helpers.records import curated
from helpers.records.claims import Claim
from helpers.text import articles
from helpers.text.articles import Article


@dataclass(frozen=True)
class Pass:
    """The annotations in one folder. `blind`: whether the annotator saw no machine proposals; None if unknown."""

    where: Path
    article: Article
    annotations: Annotations
    blind: bool | None

    @cached_property
    def annotators(self) -> tuple[str, ...]:
        """Who decided, in the order of the claims."""
        return curated.of(self.annotations.claims).annotators

    @cached_property
    def hands(self) -> frozenset[str]:
        """The names of the annotators, without the text after a colon, which says how they worked."""
        return frozenset(name.partition(":")[0].strip() for name in self.annotators)

    @cached_property
    def attributed(self) -> tuple[Claim, ...]:
        """The attributed claims whose words are all found in the text."""
        lost = self.annotations.lost
        return tuple(c for c in self.annotations.claims if c.attributed and c.claim_id not in lost)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The attributed claims that were accepted, changed or added."""
        return tuple(claim for claim in self.attributed if claim.decided and not claim.rejected)

    @cached_property
    def rejected(self) -> tuple[Claim, ...]:
        """The attributed claims that were rejected."""
        return tuple(claim for claim in self.attributed if claim.rejected)

    @property
    def undecided(self) -> int:
        """The number of attributed claims that nobody has decided on."""
        return sum(c.attributed for c in self.annotations.claims) - len(self.claims) - len(self.rejected)


def paired(one: Path, other: Path) -> tuple[list[tuple[Path, Path]], list[InputError]]:
    """The folders of annotations to compare: the two themselves, or those inside them for the same texts.

    Returns   the pairs, sorted by the name of the first folder; and an error for each folder without a partner.
    Raises    InputError for anything that is not such a folder, or if there is no pair.
    """
    if folder.annotated(one) and folder.annotated(other):
        return [(one, other)], []
    wrong: list[InputError] = []
    ones, others = _by_text(one, wrong), _by_text(other, wrong)
    for here, there, missing in ((one, other, ones.keys() - others), (other, one, others.keys() - ones)):
        mine = ones if here is one else others
        wrong += [
            InputError(f"{mine[sha]}: {there} has no annotations of its text; name folders of the same articles")
            for sha in sorted(missing, key=lambda sha: mine[sha])
        ]
    pairs = sorted((ones[sha], others[sha]) for sha in ones.keys() & others)
    if not pairs:
        raise wrong[0] if wrong else InputError(f"{one}: nothing to compare with {other}")
    return pairs, wrong


def _by_text(where: Path, wrong: list[InputError]) -> dict[str, Path]:
    """A folder of annotations, or those inside a folder, by the sha256 of their texts."""
    if not where.is_dir():
        raise InputError(f"{where}: there is no such folder; name a folder of annotations, or a folder of such folders")
    each = [where] if folder.annotated(where) else sorted(path for path in where.iterdir() if folder.annotated(path))
    if not each:
        raise InputError(
            f"{where}: neither a folder of annotations nor a folder with any in it; make one with isnad draft"
        )
    found: dict[str, Path] = {}
    for path in each:
        try:
            sha = _sha(path)
        except InputError as e:
            wrong.append(e)
            continue
        before = found.setdefault(sha, path)
        if before is not path:
            wrong.append(InputError(f"{path}: of the same text as {before}; name the two folders themselves"))
    return found


def _sha(where: Path) -> str:
    return str(folder.about(where).get("sha256"))


def read(one: Path, other: Path, actors: Actors, cues: Mapping[str, Cue]) -> tuple[Pass, Pass]:
    """The passes of two folders of annotations of one text.

    Raises    InputError if they are for different texts, the text cannot be found, or a row is invalid.
    """
    if _sha(one) != _sha(other):
        raise InputError(f"{one}: not of the same text as {other}; compare annotations of one article")
    article = _article(one, other)
    return _read(one, article, actors, cues), _read(other, article, actors, cues)


def beside(article: Article, other: Path, actors: Actors, cues: Mapping[str, Cue]) -> tuple[Pass, Pass]:
    """The passes of an article's own folder and of `other`, or of the folder inside `other` for the article's text."""
    own = folder.of(article)
    if not folder.annotated(other):
        other = _by_text(other, []).get(article.sha256) or other
    for where in (own, other):
        if not folder.annotated(where):
            raise InputError(f"{where}: no annotations of {article.path}; name a folder of them")
        folder.bound(where, article)
    return _read(own, article, actors, cues), _read(other, article, actors, cues)


def _read(where: Path, article: Article, actors: Actors, cues: Mapping[str, Cue]) -> Pass:
    found = load.annotations(article, actors, cues, where)
    blind = folder.about(where).get("blind")
    return Pass(where, article, found or Annotations((), (), ()), blind if isinstance(blind, bool) else None)


def _article(one: Path, other: Path) -> Article:
    """The article that two folders annotate: the copy in one of them, or the file beside one, or the one in seeds/."""
    wanted = _sha(one)
    for where in (one, other):
        article_id = articles.slug(str(folder.about(where).get("article_id") or where.stem))
        if (copy := where / folder.TEXT).is_file():
            try:
                found = articles.from_text(copy.read_bytes().decode(), article_id, copy)
            except UnicodeDecodeError:
                raise InputError(f"{copy}: not UTF-8; restore the file as Isnad wrote it") from None
            if found.sha256 == wanted:
                return found
        near = sorted(where.absolute().parent.iterdir())
        near = [path for path in near if path.stem == where.stem and path.is_file() and arguments.is_article(path)]
        for path in [*near, paths.home() / "seeds" / f"{where.name}.txt"]:
            if path.is_file() and (found := articles.load(path)).sha256 == wanted:
                return found
    raise InputError(f"{one}: its text is missing; put it there as {folder.TEXT}, or beside the folder")
