"""Database URLs as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchscrape.database.dsn import parse_dsn
from batchscrape.errors import InputError

REF = "abcdefghijklmnopqrst"
POOLER = "aws-0-eu-central-1.pooler.supabase.com"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            f"postgresql://postgres:pw@db.{REF}.supabase.co:5432/postgres",
            f"postgres@db.{REF}.supabase.co:5432/postgres",
        ),
        (
            f"postgresql://postgres.{REF}:pw@{POOLER}:5432/postgres",
            f"postgres.{REF}@{POOLER}:5432/postgres",
        ),
        (
            f"postgres://postgres.{REF}:pw@{POOLER}:6543/postgres?pgbouncer=true&connection_limit=1",
            f"postgres.{REF}@{POOLER}:6543/postgres",
        ),
        (
            f"postgres://postgres.{REF}:pw@{POOLER}:6543/postgres?sslmode=require&supa=base-pooler.x",
            f"postgres.{REF}@{POOLER}:6543/postgres",
        ),
        ("POSTGRES://app@db.example/shop", "app@db.example/shop"),
        ("postgresql:///shop", "localhost/shop"),
        ("postgresql://", "localhost/"),
        ("postgresql://app@/shop?host=/run/postgresql&port=5433", "app@/run/postgresql/shop"),
        ("postgresql://app@%2Frun%2Fpostgresql/shop", "app@/run/postgresql/shop"),
        ("postgresql://app:pw@[::1]:5433/shop", "app@[::1]:5433/shop"),
        ("postgresql://app:pw@a.example:1,b.example:2/shop", "app@a.example:1,b.example:2/shop"),
        ("  'postgresql://app:pw@db.example/shop'\n", "app@db.example/shop"),
    ],
)
def test_every_form_is_read_and_shown_without_its_password(url: str, shown: str) -> None:
    assert str(parse_dsn(url)) == shown
    assert "pw" not in repr(parse_dsn(url))


@pytest.mark.parametrize(
    ("written", "password"),
    [
        ("simple", "simple"),
        ("p%40ss%2Fw%23rd%3F%3A%25", "p@ss/w#rd?:%"),
        ("p@ss", "p@ss"),
        ("p@ss@word", "p@ss@word"),
        ("a/b", "a/b"),
        ("a@b/c", "a@b/c"),
        ("a?b", "a?b"),
        ("a@b?c", "a@b?c"),
        ("a#b", "a#b"),
        ("a:b", "a:b"),
        ("a@b:c", "a@b:c"),
        ("[secret]", "[secret]"),
        ("100%sure", "100%sure"),
        ("a+b c", "a+b c"),
        ("пароль", "пароль"),
        ("@/?#:%", "@/?#:%"),
    ],
)
def test_a_password_may_be_percent_encoded_or_not(written: str, password: str) -> None:
    dsn = parse_dsn(f"postgresql://app:{written}@db.example:6543/shop?sslmode=require")

    assert (dsn.user, dsn.password, dsn.hosts) == ("app", password, "db.example:6543")
    assert (dsn.database, dsn.options) == ("shop", {"sslmode": "require"})


@given(st.text("abc@/?#:%[]&= +,'\"é", min_size=1, max_size=12))
def test_what_is_cleaned_says_the_same(password: str) -> None:
    before = parse_dsn("postgresql://app:x@db.example/shop?sslmode=require&sslrootcert=/a%20b.pem")
    before = type(before)(
        user=password, password=password, hosts=before.hosts, database=password, options=before.options
    )

    assert parse_dsn(before.cleaned()) == before


def test_only_what_the_driver_understands_is_passed_on() -> None:
    stripped = "pgbouncer=true&connection_limit=1&connect_timeout=5&pool_timeout=5&schema=x&supa=y&workaround=z"

    dsn = parse_dsn(f"postgresql://app@db.example/shop?{stripped}&options=-c%20jit%3Doff&application_name=x")

    assert dsn.cleaned() == "postgresql://app@db.example/shop"


def test_sslmode_and_sslrootcert_are_passed_on() -> None:
    dsn = parse_dsn("postgresql://app@db.example/shop?sslmode=verify-full&sslrootcert=/etc/ca.pem")

    assert dsn.cleaned() == "postgresql://app@db.example/shop?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "given as a URL"),
        ("shop", "given as a URL"),
        ("db.example:5432", "given as a URL"),
        ("host=db.example password=hunter2", "given as a URL"),
        ("mysql://app:hunter2@db.example/shop", "given as a URL"),
        ("jdbc:postgresql://app:hunter2@db.example/shop", "given as a URL"),
        ("postgresql://app:hunter2@db.example:54x2/shop", "port"),
        ("postgresql://app:hunter2@db.example:0/shop", "port"),
        ("postgresql://app:hunter2@db.example:65536/shop", "port"),
        ("postgresql://app:hunter2@db.example:²/shop", "port"),
        ("postgresql://app:hunter2", "port"),
        ("postgresql://app:hunter2@db example/shop", "not of the form"),
        ("postgresql://app:hunter2@db.example/shop/more", "not of the form"),
        ("postgresql://app:hunter2@[::1/shop", "host"),
        (f"postgresql://postgres.{REF}:[YOUR-PASSWORD]@{POOLER}:6543/postgres", "placeholder"),
        ("postgresql://postgres:[PASSWORD]@db.example/postgres", "placeholder"),
        ("postgresql://postgres:<password>@db.example/postgres", "placeholder"),
        ("postgresql://postgres:hunter2@db.[YOUR-PROJECT-REF].supabase.co/postgres", "placeholder"),
    ],
)
def test_what_is_no_database_url_is_one_sentence_without_its_password(url: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        parse_dsn(url)

    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("place", "local"),
    [
        ("localhost", True),
        ("LOCALHOST:5433", True),
        ("127.0.0.1", True),
        ("127.8.9.10:6543", True),
        ("[::1]:5432", True),
        ("%2Frun%2Fpostgresql", True),
        ("", True),
        ("localhost,127.0.0.1:5433", True),
        ("db.example", False),
        ("192.168.1.5", False),
        ("db", False),
        ("localhost.example", False),
        ("localhost,db.example", False),
    ],
)
def test_local_is_what_never_leaves_the_machine(place: str, local: bool) -> None:
    assert parse_dsn(f"postgresql://app@{place}/shop").is_local is local
