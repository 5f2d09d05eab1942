"""An explanation as HTML that stands alone: in a notebook, on a page, in a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from pmo_classify.classification import Classification
from pmo_classify.explanation.explanation import Explanation, Source, explanation_of
from pmo_classify.explanation.parts import MarkedWord

__all__ = ["Html", "render"]

# Each part has a hue; lightness comes from the scheme of colours that the reader has chosen.
_HUES: Final = {
    "role": 320,
    "scope": 195,
    "office": 225,
    "function": 140,
    "subject": 45,
    "trade": 25,
    "unknown": 0,
}
_STYLE: Final = """
.pmo-explained{--ink:#1b1d22;--soft:#5a606b;--paper:#fff;--line:#d5d9e0;--light:90%;--edge:38%;
font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:.8em 0;
padding:.9em 1.1em;border:1px solid var(--line);border-radius:8px;max-width:56em;
overflow-wrap:anywhere;text-align:left}
@media(prefers-color-scheme:dark){.pmo-explained{--ink:#e8eaee;--soft:#a3a9b5;--paper:#1d2027;
--line:#3a3f4a;--light:24%;--edge:68%}}
.pmo-explained *{box-sizing:border-box}
.pmo-explained .answer{font-size:1.1em;font-weight:600;margin:0 0 .5em}
.pmo-explained .title{font-size:1.15em;line-height:1;margin:0 0 .4em}
.pmo-explained .word{display:inline-block;vertical-align:top;margin:.25em 0;
padding:.3em .35em .25em;border-bottom:2px dotted var(--soft);border-radius:4px 4px 0 0}
.pmo-explained .word small{display:block;margin-top:.4em;font-size:.62em;line-height:1.2;
color:var(--soft)}
.pmo-explained .plain{display:inline-block;vertical-align:top;margin:.25em 0;padding:.3em .1em}
.pmo-explained .decides{border-bottom:3px solid;font-weight:600}
.pmo-explained .decides small{color:inherit;font-weight:400}
.pmo-explained .ignored{color:var(--soft)}
.pmo-explained dl{display:grid;grid-template-columns:max-content 1fr;gap:.15em 1em;margin:.6em 0}
.pmo-explained dt{font-weight:600}.pmo-explained dd{margin:0}
.pmo-explained h4{font-size:1em;margin:.7em 0 .1em}
.pmo-explained ul{margin:0;padding-left:1.3em}
.pmo-explained .sources{font-size:.85em;color:var(--soft)}
.pmo-explained a{color:inherit}
@media(max-width:480px){.pmo-explained dl{display:block}.pmo-explained dd{margin:0 0 .4em}}
"""
_COLOURS: Final = "".join(
    f".pmo-explained .{part}{{background:hsl({hue} 75% var(--light));"
    f"border-color:hsl({hue} 60% var(--edge))}}"
    for part, hue in _HUES.items()
)
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Job titles explained</title>
</head>
<body>
{}
</body>
</html>
"""


class Html(str):
    """HTML as text, which a notebook shows as it is meant to be seen.

    >>> Html("<b>PMO</b>")._repr_html_()
    '<b>PMO</b>'
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<HTML of {len(self):,} characters>"

    def _repr_html_(self) -> str:
        return str(self)


def render(
    answers: Classification | Iterable[Classification],
    *,
    brief: bool = False,
    page: bool = False,
    docs_url: str | None = None,
) -> Html:
    """Return one answer, or several, as HTML with the title's words marked and labelled.

    It stands alone: no script, and nothing that is loaded from elsewhere. Its colours follow the
    reader's light or dark scheme, and the labels repeat the meaning of the colours in words. A
    notebook displays the result; elsewhere it is a ``str``:

    >>> from pmo_classify import classify
    >>> shown = render(classify("PMO Lead"))
    >>> '<span class="word office decides">PMO<small>office</small></span>' in shown
    True

    ``brief=True`` shows no more than the answer and the marked title, for lists of many.
    ``page=True`` gives a whole page to save as a file. ``docs_url`` is where you keep this
    documentation, such as ``"https://example.org/pmo/"``; the sources are then links to it, and
    otherwise name the file and section. Anything but answers is a ``TypeError``.
    """
    found = [answers] if isinstance(answers, Classification) else list(answers)
    for position, answer in enumerate(found):
        if not isinstance(answer, Classification):
            message = (
                f"answers[{position}] must be a Classification, not {type(answer).__name__}: "
                "pass what classify or classify_many returns"
            )
            raise TypeError(message)
    figures = "\n".join(
        f'<section class="pmo-explained">\n{"".join(lines)}</section>'
        for lines in (_figure(explanation_of(answer), docs_url, brief=brief) for answer in found)
    )
    whole = f"<style>{_STYLE}{_COLOURS}</style>\n{figures}"
    return Html(_PAGE.format(whole) if page else whole)


def _figure(explanation: Explanation, docs_url: str | None, *, brief: bool) -> Iterator[str]:
    yield f'<p class="answer">{escape(explanation.answer)}</p>\n'
    if explanation.title.strip():
        yield f'<p class="title">{"".join(_title(explanation))}</p>\n'
    if brief:
        return
    if explanation.statements:
        rows = (
            f"<dt>{escape(about)}</dt><dd>{escape(text)}</dd>\n"
            for about, text in explanation.statements
        )
        yield f"<dl>\n{''.join(rows)}</dl>\n"
    yield from _list("In doubt", map(escape, explanation.doubts))
    yield from _list("Other readings", map(escape, explanation.readings))
    sources = (_source(source, docs_url) for source in explanation.sources)
    yield from _list("Sources", sources, "sources")


def _list(heading: str, items: Iterable[str], kind: str = "") -> Iterator[str]:
    found = "".join(f"<li>{item}</li>" for item in items)
    if found:
        yield f'<div class="{kind}"><h4>{heading}</h4><ul>{found}</ul></div>\n'


def _title(explanation: Explanation) -> Iterator[str]:
    """Yield the title's words, each with its label, and what stands between them."""
    at = 0
    for word in explanation.words:
        if word.part == "link":
            continue
        yield _plain(explanation.title[at : word.start])
        yield _word(word)
        at = word.end
    yield _plain(explanation.title[at:])


def _plain(text: str) -> str:
    """Return what stands between two words; a blank lets the line break there."""
    shown = text.strip()
    if not shown:
        return " " if text else ""
    before, after = (" " if blank.isspace() else "" for blank in (text[0], text[-1]))
    return f'{before}<span class="plain">{escape(shown)}</span>{after}'


def _word(word: MarkedWord) -> str:
    classes = f"word {word.part} decides" if word.decides else f"word {word.part}"
    return f'<span class="{classes}">{escape(word.text)}<small>{escape(word.tag)}</small></span>'


def _source(source: Source, docs_url: str | None) -> str:
    if not source.link:
        return escape(source.title)
    if docs_url is None:
        return f"{escape(source.title)}: <code>{escape(source.link)}</code>"
    page = source.link.removeprefix("docs/").replace(".md", ".html")
    return f'<a href="{escape(docs_url.rstrip("/"))}/{escape(page)}">{escape(source.title)}</a>'
