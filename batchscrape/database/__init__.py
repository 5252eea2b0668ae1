"""Store and hand out jobs. The only home of asyncpg and of SQL."""
