"""An article is fetched from an address that the reader gives: within limits, from public hosts only, with one line for each fault."""

import gzip
import hashlib
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tomllib
import zlib
from contextlib import closing, suppress

import pytest

from helpers.files.errors import InputError
from helpers.inputs import addresses, arguments, public_hosts, web_client
from helpers.inputs.input_articles import Options
from helpers.inputs.web_client import Limits, Ways
from tests.conftest import in_one_line

PARAGRAPHS = (
    "أعلنت وزارة المياه أمس أن أعمال الصيانة في السد ستبدأ في مطلع الشهر المقبل، وأنها ستستمر ثلاثة أشهر كاملة.",
    "وقال الوزير سالم الحمدان في مؤتمر صحافي إن الوزارة خصصت عشرين مليونا للمشروع، مشيرا إلى أن العمل يسير كما خطط له.",
    "وبحسب نقابة المهندسين، فإن السد لم يخضع لصيانة شاملة منذ عقدين من الزمن على الأقل في هذه المنطقة.",
)
PAGE = f"<!doctype html><html lang=ar><head><title>السد</title></head><body><article>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS)}</article></body></html>"
HTML = "text/html; charset=utf-8"
QUICK = Limits(connect=2, whole=1.5, size=100_000, redirects=3)


def answer(body=b"", status="200 OK", **headers):
    """An answer of a server in bytes, with the length of its body unless another one is given."""
    body = body.encode() if isinstance(body, str) else body
    said = {"Content-Type": HTML, "Content-Length": len(body), "Connection": "close"}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


class Server:
    """A server on this machine: what each path answers is bytes, or a function that is given the connection."""

    def __init__(self):
        self.answers, self.requests = {}, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.ended = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def at(self, path="/", host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def _serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with closing(connection):
            asked = b""
            while b"\r\n\r\n" not in asked and asked[:1] != b"\x16" and (part := connection.recv(65_536)):
                asked += part
            self.requests.append(asked.decode(errors="replace"))
            found = self.answers.get(
                asked.split()[1].decode() if asked.startswith(b"GET") else "", answer("", "404 Not Found")
            )
            with suppress(OSError):
                found(connection) if callable(found) else connection.sendall(found)


@pytest.fixture
def server():
    made = Server()
    yield made
    made.ended.set()
    made.socket.close()


def fetched(address, limits=QUICK, **others):
    return web_client.fetch(address, True, limits, **others)


def refused(address, *said, **others):
    with pytest.raises(InputError) as error:
        fetched(address, **others)
    (line,) = str(error.value).splitlines()
    for each in said:
        assert each in line
    return line


def test_a_page_is_read_with_the_claims_of_its_text(server, called):
    server.answers["/news/7"] = answer(PAGE)
    done = called("annotate", "--machine", "--allow-private", server.at("/news/7#part"))
    assert done.returncode == 0, done.stderr
    (found,) = map(json.loads, done.stdout.splitlines())
    contents = [part["exact"] for claim in found["claims"] for part in claim["content"]]
    assert any("خصصت عشرين مليونا" in each for each in contents)
    assert found["article"]["path"] == server.at("/news/7")
    assert found["article"]["article_id"] == f"127-0-0-1-{server.port}-news-7"


def test_the_article_says_where_it_is_from_and_keeps_the_page(server, tmp_path):
    server.answers["/a//b/?q=1"] = answer(PAGE, Last_Modified="Thu, 07 Mar 2024 10:00:00 GMT")
    (loader,) = arguments.loaders([addresses.given(server.at("/a//b/?q=1"))], Options(allow_private=True))
    article = loader[1]()
    assert article.about["url"] == server.at("/a//b/?q=1")
    assert article.about["received"].startswith(
        "a saved web page in UTF-8, the article extracted by trafilatura, fetched from 127.0.0.1 at 20"
    )
    page = addresses.kept(article.path.fetched, tmp_path)
    assert page == tmp_path / "page.html.received"
    assert page.read_bytes() == PAGE.encode()
    said = tomllib.loads((tmp_path / "received.toml").read_text(encoding="utf-8"))
    assert said["url"] == said["final_url"] == server.at("/a//b/?q=1")
    assert said["sha256"] == hashlib.sha256(PAGE.encode()).hexdigest()
    assert said["last_modified"] == "Thu, 07 Mar 2024 10:00:00 GMT"
    assert said["fetched_at"].endswith("+00:00")


def test_nothing_is_sent_but_the_request(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answers["/"] = answer("", "302 Found", Location="/next", Set_Cookie="a=1")
    server.answers["/next"] = answer(PAGE)
    fetched(server.at())
    names = {line.partition(":")[0].lower() for line in server.requests[1].splitlines()[1:] if line}
    assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert "User-Agent: Isnad/" in server.requests[1]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
def test_the_encoding_that_the_server_declares_is_used(server, charset):
    server.answers["/"] = answer(PAGE.encode(charset), Content_Type=f'text/html; charset="{charset}"')
    found = addresses.article(fetched(server.at()), Options())
    assert all(each in found.text for each in PARAGRAPHS)


def test_a_text_is_read_too(server):
    server.answers["/"] = answer("\n".join(PARAGRAPHS), Content_Type="text/plain")
    assert addresses.article(fetched(server.at()), Options()).text == "\n".join(PARAGRAPHS)


def test_a_page_without_the_marks_of_one_is_a_page_when_the_server_says_so(server):
    server.answers["/"] = answer(f"<!-- a comment first -->{PAGE.removeprefix('<!doctype html>')}")
    assert "<p>" not in addresses.article(fetched(server.at()), Options()).text


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "text/css", "application/zip"])
def test_a_type_that_is_no_page_is_refused(server, kind):
    server.answers["/"] = answer(b"\x89PNG", Content_Type=kind)
    with pytest.raises(InputError, match=f"neither a page nor a text .{kind}"):
        addresses.article(fetched(server.at()), Options())


def test_an_arabic_address_is_asked_for_in_ascii(server):
    server.answers["/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%B3%D8%AF?%D8%B5=1"] = answer(PAGE)
    article = addresses.article(fetched(server.at("/أخبار/سد?ص=1")), Options())
    assert article.article_id.startswith(f"127-0-0-1-{server.port}-أخبار-سد-")
    assert web_client.parsed("https://موقع.مصر/أ", "").netloc == "xn--4gbrim.xn--wgbh1c"


def test_articles_that_differ_in_their_query_have_ids_of_their_own():
    assert addresses.article_id("https://a.example/?p=1") != addresses.article_id("https://a.example/?p=2")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed_and_the_last_address_is_kept(server, status):
    server.answers["/"] = answer("", status, Location="/أ?b")
    server.answers["/%D8%A3?b"] = answer(PAGE)
    found = fetched(server.at())
    assert (found.address, found.final_address) == (server.at(), server.at("/%D8%A3?b"))


@pytest.mark.parametrize(
    "where",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1:70/_",
        "javascript:1",
        "http://a:b@127.0.0.1/",
        "http://[::1",
        "http://127.0.0.1:99999/",
    ],
)
def test_a_redirect_to_what_is_no_address_of_a_page_is_refused(server, where):
    server.answers["/"] = answer("", "302 Found", Location=where)
    assert refused(server.at(), "redirects to what is no address of a page")
    assert len(server.requests) == 1


def test_redirects_in_a_circle_end(server):
    server.answers["/"] = answer("", "302 Found", Location="/")
    assert refused(server.at(), "over 3 redirects", "save the page")
    assert len(server.requests) == QUICK.redirects + 1


def test_a_redirect_into_a_private_network_is_not_followed(server, monkeypatch):
    server.answers["/"] = answer("", "302 Found", Location=f"http://localhost:{server.port}/inside")
    public = public_hosts.is_public
    monkeypatch.setattr(public_hosts, "is_public", lambda ip: ip == "127.0.0.1" or public(ip))
    ways = Ways(lambda host, port: [(socket.AF_INET, ("127.0.0.1" if host == "front.example" else "127.0.0.2", port))])
    with pytest.raises(InputError, match=r"redirected to http://localhost:.*127\.0\.0\.2.*--allow-private"):
        web_client.fetch(server.at(host="front.example"), limits=QUICK, ways=ways)
    assert len(server.requests) == 1


PRIVATE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0",
    "localhost", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "192.0.2.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd00::1]", "[fec0::1]",
    "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]",
    "[2002:7f00:1::]", "[2002:a00:1::]", "[2001:0:1::1]", "[2001:db8::1]", "１２７.０.０.１", "127。0。0。1",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_no_form_of_a_private_address_is_connected_to(host, monkeypatch):
    def connect(*_):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(
        InputError, match=r"inside a private network or of this machine|no such host|cannot be reached|not an address"
    ):
        web_client.fetch(f"http://{host}/")


@pytest.mark.parametrize(
    "ip", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_a_public_address_is_one(ip):
    assert public_hosts.is_public(ip)


@pytest.mark.parametrize("inside", ["127.0.0.1", "192.168.0.9", "::1", "fe80::1%eth0"])
def test_a_name_one_of_whose_addresses_is_private_is_refused(inside):
    ways = Ways(lambda host, port: [(socket.AF_INET, ("1.1.1.1", port)), (socket.AF_INET6, (inside, port))])
    with pytest.raises(InputError, match="inside a private network"):
        web_client.fetch("http://news.example/", ways=ways)


def test_the_connection_goes_to_the_address_that_was_checked(server, monkeypatch):
    asked = []

    def resolver(host, port):
        asked.append(host)
        return [(socket.AF_INET, ("127.0.0.1" if len(asked) == 1 else "127.0.0.9", port))]

    monkeypatch.setattr(public_hosts, "is_public", lambda ip: ip == "127.0.0.1")
    server.answers["/"] = answer(PAGE)
    found = web_client.fetch(server.at(host="news.example"), limits=QUICK, ways=Ways(resolver))
    assert found.body == PAGE.encode()
    assert asked == ["news.example"]
    assert f"Host: news.example:{server.port}" in server.requests[0]


@pytest.mark.parametrize(
    "address", ["https://reader:secret@news.example/a", "https://token@news.example/a", "http://:@news.example"]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(address):
    line = refused(address, "user name or password")
    assert "secret" not in line
    assert "token" not in line


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "http:///a",
        "https://[::1",
        "http://a:99999/",
        "http://a:b/",
        "https://a b/",
        "https://" + "a" * 5_000,
        "http://a..b/",
        "http://\x00/",
        "http://%31/",
    ],
)
def test_what_can_be_no_address_is_said_in_a_line(address):
    assert refused(address, "; ")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("401 Unauthorized", "wants a login"),
        ("403 Forbidden", "wants a login"),
        ("404 Not Found", "no such page"),
        ("410 Gone", "no such page"),
        ("429 Too Many Requests", "try again later"),
        ("503 Service Unavailable", "try again later"),
        ("204 No Content", "gives no page"),
        ("302 Found", "gives no page"),
        ("999 Odd", "try again later"),
    ],
)
def test_an_answer_that_is_no_page_says_what_to_do(server, status, said):
    server.answers["/"] = answer("", status)
    assert refused(server.at(), said, status[:3])


@pytest.mark.parametrize(
    ("packed", "name"),
    [
        (gzip.compress(PAGE.encode()), "gzip"),
        (zlib.compress(PAGE.encode()), "deflate"),
        (gzip.compress(PAGE[:99].encode()) + gzip.compress(PAGE[99:].encode()), "gzip"),
    ],
    ids=["gzip", "deflate", "gzip in two parts"],
)
def test_a_packed_page_is_unpacked(server, packed, name):
    server.answers["/"] = answer(packed, Content_Encoding=name)
    assert fetched(server.at()).body == PAGE.encode()


def test_a_page_in_chunks_is_joined(server):
    body = b"".join(
        f"{len(each):x}\r\n".encode() + each + b"\r\n" for each in (PAGE.encode()[:100], PAGE.encode()[100:], b"")
    )
    server.answers["/"] = answer(body, Transfer_Encoding="chunked", Content_Length=None)
    assert fetched(server.at()).body == PAGE.encode()


BOMB = gzip.compress(b"<p>" * 10_000_000)
ODD = {
    "a gzip bomb": (answer(BOMB, Content_Encoding="gzip"), "too long"),
    "many gzip bombs in a row": (answer(gzip.compress(b" " * 90_000) * 500, Content_Encoding="gzip"), "too long"),
    "a long page": (answer(b"a" * 200_000), "too long"),
    "a long page that does not say so": (answer(b"a" * 200_000, Content_Length=None), "too long"),
    "a page that says it is long": (answer(b"a", Content_Length=10**15), "too long"),
    "10 MB of headers": (answer(PAGE, **{f"X_{n}": "a" * 60_000 for n in range(170)}), "head of its answer"),
    "a header without an end": (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000, "not one of a web server"),
    "many headers": (answer(PAGE, **{f"X_{n}": "a" for n in range(1_000)}), "not one of a web server"),
    "continue for ever": (b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000, "head of its answer"),
    "less than it says": (answer(PAGE, Content_Length=len(PAGE.encode()) + 5), "ended before the page did"),
    "chunks that end early": (answer(b"ff\r\nabc", Transfer_Encoding="chunked", Content_Length=None), "ended before the page did"),
    "gzip that ends early": (answer(gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip"), "ended before the page did"),
    "no gzip at all": (answer(PAGE, Content_Encoding="gzip"), "its packing is damaged"),
    "a packing that was not asked for": (answer(PAGE, Content_Encoding="br"), "packed as br"),
    "an answer of another kind": (b"SSH-2.0-OpenSSH_9\r\n", "not one of a web server"),
    "no answer": (b"", "; "),
    "chunks of no size": (answer(b"zz\r\nabc", Transfer_Encoding="chunked", Content_Length=None), "; "),
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_server_costs_one_line(server, kind):
    server.answers["/"], said = ODD[kind]
    assert refused(server.at(), said)


def _drip(part, before=b""):
    def drip(connection):
        connection.sendall(before)
        while True:
            connection.sendall(part)
            time.sleep(0.1)

    return drip


SLOW = {
    "never answers": lambda connection: connection.recv(1),
    "drips its headers": _drip(b"a", b"HTTP/1.1 200 OK\r\nX: "),
    "drips its page": _drip(b"a", answer(b"", Content_Length=90_000)),
    "drips chunks": _drip(b"1\r\na\r\n", answer(b"", Transfer_Encoding="chunked", Content_Length=None)),
}  # fmt: skip


@pytest.mark.parametrize("kind", SLOW)
def test_a_slow_server_is_left_when_the_time_is_over(server, kind):
    server.answers["/"] = SLOW[kind]
    assert refused(server.at(), "no complete answer within", "save the page", limits=Limits(whole=0.5))


def test_a_server_that_never_ends_is_left(server):
    def endless(connection):
        connection.sendall(answer(b"", Content_Length=None))
        while True:
            connection.sendall(b"a" * 65_536)

    server.answers["/"] = endless
    assert refused(server.at(), "too long")


def test_a_resolver_that_does_not_answer_is_left(server):
    ways = Ways(lambda host, port: server.ended.wait(5) and [])
    assert refused("http://news.example/", "no complete answer within", limits=Limits(whole=0.3), ways=ways)


def test_a_host_that_nobody_knows_and_a_closed_port_are_said():
    def unknown(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert refused("http://news.example/", "no such host", ways=Ways(unknown))
    with closing(socket.create_server(("127.0.0.1", 0))) as busy:
        port = busy.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/", "cannot be reached")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes the certificate, is not installed")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    named = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *made.split(), *named], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]

        def serve():
            for _ in range(3):
                try:
                    connection, _ = listening.accept()
                    with closing(context.wrap_socket(connection, server_side=True)) as secure:
                        secure.recv(65_536)
                        secure.sendall(answer(PAGE))
                except OSError:
                    pass

        threading.Thread(target=serve, daemon=True).start()
        refused(f"https://127.0.0.1:{port}/", "certificate is not valid", "save the page")
        trusted = Ways(
            lambda host, port: [(socket.AF_INET, ("127.0.0.1", port))],
            lambda: ssl.create_default_context(cafile=certificate),
        )
        refused(f"https://other.example:{port}/", "certificate is not valid", ways=trusted)
        assert fetched(f"https://localhost:{port}/", ways=trusted).body == PAGE.encode()


def test_a_server_that_speaks_no_tls_is_said(server):
    assert refused(f"https://127.0.0.1:{server.port}/", "no secure connection")


def test_a_refused_address_does_not_cost_the_other_articles(called, tmp_path):
    (tmp_path / "a.txt").write_text(PARAGRAPHS[1], encoding="utf-8")
    done = called("annotate", "--machine", "http://127.0.0.1:9/x", str(tmp_path / "a.txt"))
    assert len(done.stdout.splitlines()) == 1
    assert in_one_line(done, "http://127.0.0.1:9/x", "--allow-private")


def test_a_report_keeps_the_page_as_it_was_received_where_no_browser_opens_it(server, called, house, tmp_path):
    for path in (house / "notebooks").glob("0[2-9]*"):
        path.unlink()
    server.answers["/news/8"] = answer(PAGE)
    for _ in range(2):  # the second replaces the first
        done = called("report", "--allow-private", server.at("/news/8"), home=house)
        assert done.returncode == 0, done.stderr
    made = tmp_path / "reports" / f"127-0-0-1-{server.port}-news-8"
    assert (made / "page.html.received").read_bytes() == PAGE.encode()
    said = tomllib.loads((made / "received.toml").read_text(encoding="utf-8"))
    assert said["sha256"] == hashlib.sha256(PAGE.encode()).hexdigest()
    assert server.at("/news/8") in (made / "index.html").read_text(encoding="utf-8")
