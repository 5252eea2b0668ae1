"""Redirects are followed hop by hop, each checked like the first URL."""

import pytest

from tests.fetching.conftest import Fetching, Names
from tests.web import Visit, Web, answer, endless, redirect, site


async def test_a_redirect_is_followed_to_another_host(fetching: Fetching, web: Web) -> None:
    target = await web.serve(site({"/there": "hello"}))
    address = await web.serve(site({"/": redirect(target.url("/there#part"))}))

    response = await fetching.get(address.url())

    assert response.body == b"hello"
    assert response.url == address.url()
    assert response.final_url == target.url("/there")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_every_kind_of_redirect_is_followed(fetching: Fetching, web: Web, status: int) -> None:
    address = await web.serve(site({"/": redirect("/there", status=status), "/there": "hello"}))

    assert (await fetching.get(address.url())).body == b"hello"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("there", "/a/there"), ("./there", "/a/there"), ("../there", "/there"), ("?x=1", "/a/b?x=1"),
        ("/a b", "/a%20b"), ("/a\\b", "/a/b"), ("\\there", "/there"),
        (" /there ", "/there"), ("/th\tere", "/there"),
        ("/ä", "/%C3%A4"), ("/there?a=b c", "/there?a=b%20c"),
    ],
)  # fmt: skip
async def test_a_location_is_read_as_browsers_read_it(
    fetching: Fetching, web: Web, location: str, target: str
) -> None:
    sent = redirect("@").replace(b"@", location.encode())
    address = await web.serve(site({"/a/b": sent, target: "hello"}))

    response = await fetching.get(address.url("/a/b"))

    assert response.body == b"hello"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example",
        "http://[::bad", "http://", "http://:80/", "http://a.example:99999/", "//", "http://\x00/", "https:///x",
        "http://a.example:x/",
    ],
)  # fmt: skip
async def test_a_redirect_to_what_cannot_be_fetched_is_a_redirect_error(
    fetching: Fetching, web: Web, location: str
) -> None:
    address = await web.serve(site({"/": redirect(location)}))

    failure = await fetching.failure(address.url())

    assert failure.code == "redirect_error"
    assert failure.http_status == 302
    assert failure.final_url == address.url()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://[::bad", "", "example.com", "http://a:99999/"])
async def test_a_url_that_cannot_be_fetched_is_a_redirect_error(fetching: Fetching, url: str) -> None:
    assert (await fetching.failure(url)).code == "redirect_error"


async def test_a_redirect_leads_to_no_url_that_servers_would_not_take(fetching: Fetching, web: Web) -> None:
    long = "/" + "x" * 7_900
    address = await web.serve(site({"/": redirect(long), long: "hello", "/longer": redirect(long + "x" * 100)}))

    response = await fetching.get(address.url())
    failure = await fetching.failure(address.url("/longer"))

    assert response.body == b"hello"
    assert (failure.code, failure.http_status) == ("redirect_error", 302)
    assert failure.final_url == address.url("/longer")
    assert max(map(len, address.paths)) == len(long)


async def test_ten_redirects_are_followed_and_not_eleven(fetching: Fetching, web: Web) -> None:
    pages: dict[str, bytes | str] = {f"/{number}": redirect(f"/{number - 1}") for number in range(1, 12)}
    address = await web.serve(site({**pages, "/0": "hello"}))

    response = await fetching.get(address.url("/10"))
    failure = await fetching.failure(address.url("/11"))

    assert response.body == b"hello"
    assert failure.code == "redirect_error"
    assert address.paths[-1] == "/1"


async def test_a_circle_is_noticed_when_it_closes(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/": redirect("/b"), "/b": redirect("/")}))

    failure = await fetching.failure(address.url())

    assert failure.code == "redirect_error"
    assert address.paths == ["/robots.txt", "/", "/b", "/"]


async def test_the_body_of_a_redirect_is_not_waited_for(fetching: Fetching, web: Web) -> None:
    target = await web.serve(site({"/": "hello"}))
    head = f"HTTP/1.1 302 Found\r\nLocation: {target.url()}\r\n\r\n".encode()
    address = await web.serve(endless(head, b"x", pause=0.01))

    assert (await fetching.get(address.url())).body == b"hello"
    await address.all_closed()


async def test_a_redirect_goes_from_https_to_http_and_back(fetching: Fetching, web: Web) -> None:
    last = await web.serve(site({"/": "hello"}), tls="valid")
    middle = await web.serve(site({"/": redirect(last.url())}))
    first = await web.serve(site({"/": redirect(middle.url())}), tls="valid")

    assert (await fetching.get(first.url())).final_url == last.url()


async def test_the_failure_of_a_later_hop_says_where_it_happened(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/": redirect("http://gone.invalid/x")}))

    failure = await fetching.failure(address.url())

    assert (failure.code, failure.final_url) == ("dns_error", "http://gone.invalid/x")


async def test_user_names_in_urls_are_not_sent(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/": "hello"}))

    response = await fetching.get(address.url().replace("://", "://user:secret@"))

    assert "secret" not in response.final_url
    assert "authorization" not in address.requests[-1].headers


class TestCookies:
    async def test_a_site_that_redirects_to_itself_until_a_cookie_is_set_is_read(
        self, fetching: Fetching, web: Web
    ) -> None:
        async def handler(visit: Visit) -> None:
            while request := await visit.request():
                known = request.headers.get("cookie") == "seen=yes"
                again = redirect("/", headers={"Set-Cookie": "seen=yes; Path=/; HttpOnly"})
                await visit.send(answer("hello") if known else again)

        address = await web.serve(handler)

        response = await fetching.get(address.url(), ignore_robots=True)

        assert response.body == b"hello"

    async def test_both_of_two_cookies_can_be_read_from_the_headers(self, fetching: Fetching, web: Web) -> None:
        lines = {"Set-Cookie": "a=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT", "set-cookie": "b=2"}
        address = await web.serve(site({"/": answer("hello", headers=lines)}))

        response = await fetching.get(address.url())

        assert [line[:3] for line in response.headers["set-cookie"].split("\n")] == ["a=1", "b=2"]

    async def test_a_cookie_stays_with_its_host_and_its_client(
        self, fetching: Fetching, web: Web, names: Names
    ) -> None:
        address = await web.serve(site({"/": answer("hello", headers={"Set-Cookie": "a=1"})}))
        names.update({"a.example": [address.host], "www.a.example": [address.host]})

        async with fetching.site(ignore_robots=True) as client:
            for host in ("a.example", "www.a.example", "a.example"):
                await client.get(address.url(host=host))
        await fetching.get(address.url(host="a.example"), ignore_robots=True)

        assert [request.headers.get("cookie") for request in address.requests] == [None, None, "a=1", None]

    async def test_a_cookie_of_a_domain_is_sent_to_its_hosts(
        self, fetching: Fetching, web: Web, names: Names
    ) -> None:
        sets = answer("hello", headers={"Set-Cookie": "a=1; Domain=.a.example"})
        deletes = answer("hello", headers={"Set-Cookie": "a=; Max-Age=0; Domain=a.example"})
        address = await web.serve(site({"/": sets, "/delete": deletes, "/2": "x"}))
        names.update({host: [address.host] for host in ("www.a.example", "b.a.example", "b.example")})

        async with fetching.site(ignore_robots=True) as client:
            await client.get(address.url(host="www.a.example"))
            await client.get(address.url("/2", host="b.a.example"))
            await client.get(address.url("/2", host="b.example"))
            await client.get(address.url("/delete", host="b.a.example"))
            await client.get(address.url("/2", host="b.a.example"))

        cookies = [request.headers.get("cookie") for request in address.requests]
        assert cookies == [None, "a=1", None, "a=1", None]

    @pytest.mark.parametrize("line", ["=x", "a", "a=\xff", "a b=1", f"a={'x' * 5000}"])
    async def test_a_malformed_cookie_is_not_sent(self, fetching: Fetching, web: Web, line: str) -> None:
        address = await web.serve(site({"/": answer("hello", headers={"Set-Cookie": line})}))

        async with fetching.site(ignore_robots=True) as client:
            await client.get(address.url())
            await client.get(address.url())

        assert "cookie" not in address.requests[-1].headers
