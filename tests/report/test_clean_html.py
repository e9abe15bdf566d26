"""What may pass into a report page and what may not."""

import pytest

from casebook.report.clean_html import cleaned

HOSTILE = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" JaVaScRiPt:alert(1)">x</a>',
    '<a href="data:text/html,<script>">x</a>',
    '<p style="background:url(http://evil/)">x</p>',
    "<style>*{}</style>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    '<svg onload="alert(1)"><path d="M0,0" fill="url(http://evil/a)"/></svg>',
    '<svg><use href="http://evil/#a"/><foreignObject><script>1</script></foreignObject></svg>',
    '<base href="//evil/"><meta http-equiv=refresh content="0;url=//evil">',
    "<form action=//evil><input></form>",
    "<object data=x></object><embed src=x>",
    "<svg><animate attributeName=href to=javascript:1></svg>",
    "<!--><script>alert(1)</script>-->",
    "<math><mtext><script>1</script></mtext></math>",
    "<details ontoggle=alert(1) open>x</details>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_active_passes(html):
    text = str(cleaned(html)).lower()
    banned = (
        "<script",
        "<img",
        "<style",
        "<iframe",
        "<base",
        "<meta",
        "<form",
        "<object",
        "<use",
        " on",
        "style=",
        "javascript:",
    )
    assert not any(word in text for word in banned)
    assert "evil" not in text.replace("&", "") or "<" not in text


@pytest.mark.parametrize(
    "html",
    [
        '<table class="a"><tbody><tr><td>1</td></tr></tbody></table>',
        '<a href="https://flk.npc.gov.cn/">law</a>',
        '<a href="#leads">leads</a>',
        '<g clip-path="url(#d1-clip1)"><path d="M0,0h3" fill="#fff"></path></g>',
        "<p>一 &lt;b&gt; &amp; 二</p>",
    ],
)
def test_what_a_report_needs_passes_unchanged(html):
    assert str(cleaned(html)) == html


def test_open_elements_are_closed():
    assert str(cleaned("<div><p>x")) == "<div><p>x</p></div>"


def test_a_stray_end_closes_nothing():
    assert str(cleaned("</div>x</p>")) == "x"


def test_text_of_unknown_elements_stays():
    assert str(cleaned("<blink>x</blink>")) == "x"


def test_empty_is_empty():
    assert str(cleaned("")) == ""
