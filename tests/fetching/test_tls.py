"""https with a certificate that is valid for the name, or a clear failure."""

import ssl

import pytest

from batchscrape.fetching import Fetcher
from batchscrape.fetching.dialing import tls_context
from tests.fetching.conftest import Fetching, Names
from tests.web import Tls, Visit, Web, silent, site


async def test_a_page_comes_over_https_by_name_and_by_address(fetching: Fetching, web: Web, names: Names) -> None:
    address = await web.serve(site({"/": "hello"}), tls="valid", names=("site.example",))
    names["site.example"] = [address.host]

    assert (await fetching.get(address.url())).body == b"hello"
    assert (await fetching.get(address.url(host="site.example"))).body == b"hello"
    assert (await fetching.get(address.url(host="site.example."))).body == b"hello"


@pytest.mark.parametrize("kind", ["self-signed", "expired", "other-name"])
async def test_a_certificate_that_is_not_valid_is_a_tls_error(fetching: Fetching, web: Web, kind: Tls) -> None:
    address = await web.serve(site({"/": "hello"}), tls=kind)

    failure = await fetching.failure(address.url())

    assert failure.code == "tls_error"
    assert f"The certificate of {address.host} is not valid" in str(failure)
    assert address.requests == []
    await address.all_closed()


async def test_a_server_that_speaks_no_tls_is_a_tls_error(fetching: Fetching, web: Web) -> None:
    async def banner(visit: Visit) -> None:
        await visit.reader.read(1)
        await visit.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    address = await web.serve(banner)

    assert (await fetching.failure(address.url().replace("http", "https"))).code == "tls_error"
    await address.all_closed()


async def test_a_handshake_that_hangs_ends_with_the_connect_time_out(fetching: Fetching, web: Web) -> None:
    address = await web.serve(silent)

    async with fetching.site() as client:
        with pytest.raises(Exception, match=r"could not be connected to within 0\.2 s"):
            await client.get(address.url().replace("http", "https"), connect_timeout=0.2)
    await address.all_closed()


async def test_without_a_context_of_its_own_the_systems_authorities_count(web: Web) -> None:
    address = await web.serve(site({"/": "hello"}), tls="valid")
    fetching = Fetching(Fetcher())

    assert (await fetching.failure(address.url())).code == "tls_error"
    assert tls_context().verify_mode is ssl.CERT_REQUIRED
    assert tls_context().cert_store_stats()["x509_ca"] > 50


async def test_a_bad_certificate_is_not_made_good_by_another_address(
    fetching: Fetching, web: Web, names: Names
) -> None:
    bad = await web.serve(site({"/": "hello"}), tls="self-signed")
    good = await web.serve(site({"/": "hello"}), tls="valid", port=bad.port, names=("site.example",))
    names["site.example"] = [bad.host, good.host]

    failure = await fetching.failure(good.url(host="site.example"))

    assert failure.code == "tls_error"
    assert good.connections == 0
