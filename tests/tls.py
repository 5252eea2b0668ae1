"""TLS in front of a PostgreSQL that was built without, as the embedded one is; who comes without is refused."""

import asyncio
import ssl
import threading
from pathlib import Path
from typing import Self

from tests.pooler_wire import SSL_REQUEST, error_message

#: What PostgreSQL says where pg_hba.conf has nothing but `hostssl`.
REFUSAL = 'no pg_hba.conf entry for host "127.0.0.1", user "app", database "postgres", no encryption'


class TlsFront:
    """In front of the server in that socket folder; listens on a loopback port."""

    def __init__(self, server: Path, context: ssl.SSLContext) -> None:
        self.port = 0
        #: Clients that asked for TLS.
        self.greeted = 0
        self._server = server
        self._context = context
        self._loop = asyncio.SelectorEventLoop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="tls-front", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> None:
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._listener.close()
        clients = asyncio.all_tasks() - {asyncio.current_task()}
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)

    async def _serve(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        try:
            if int.from_bytes((await client.readexactly(8))[4:], "big") == SSL_REQUEST:
                self.greeted += 1
                answer.write(b"S")
                await answer.start_tls(self._context)
                await self._pass_on(client, answer)
            else:
                answer.write(error_message("28000", REFUSAL))
        except (EOFError, OSError, asyncio.CancelledError):
            pass  # the client does not like our certificate, or has gone
        finally:
            answer.close()

    async def _pass_on(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        server, question = await asyncio.open_unix_connection(str(self._server / ".s.PGSQL.5432"))
        await asyncio.gather(_pump(client, question), _pump(server, answer))


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        sink.write(data)
    sink.close()
