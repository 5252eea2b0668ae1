"""What a role may do with our schema, read from the catalogues, which need no right to it."""

from dataclasses import dataclass
from typing import Any

import asyncpg

#: `migrations` is only written by who updates the schema.
_STATEMENT = """
    SELECT quote_ident(current_user) AS role,
           quote_ident(current_database()) AS database,
           current_setting('transaction_read_only')::bool AS read_only,
           has_database_privilege(current_database(), 'CREATE') AS may_create_schema,
           schema.oid IS NOT NULL AS has_schema,
           coalesce(has_schema_privilege(schema.oid, 'USAGE'), false) AS may_use_schema,
           coalesce(has_schema_privilege(schema.oid, 'CREATE'), false) AS may_create_in_schema,
           count(relation.oid) > 0 AS has_tables,
           coalesce(has_schema_privilege(schema.oid, 'USAGE')
                    AND bool_and(has_table_privilege(relation.oid, 'SELECT')), false) AS may_read_tables,
           coalesce(has_schema_privilege(schema.oid, 'USAGE')
                    AND bool_and(relation.relkind = 'v' OR relation.relname = 'migrations'
                                 OR has_table_privilege(relation.oid, 'INSERT')
                                 AND has_table_privilege(relation.oid, 'UPDATE')
                                 AND has_table_privilege(relation.oid, 'DELETE')), false) AS may_write_tables
    FROM (SELECT to_regnamespace('batchscrape')::oid AS oid) AS schema
    LEFT JOIN pg_catalog.pg_class AS relation
           ON relation.relnamespace = schema.oid AND relation.relkind IN ('r', 'v')
    GROUP BY schema.oid
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the role may do; those to a schema or tables that are not there are false."""

    #: Quoted as an identifier where it needs to be.
    role: str
    #: The same.
    database: str
    #: Nobody may write: a standby, or set so.
    read_only: bool
    may_create_schema: bool
    has_schema: bool
    may_use_schema: bool
    may_create_in_schema: bool
    has_tables: bool
    may_read_tables: bool
    may_write_tables: bool

    @property
    def may_create_tables(self) -> bool:
        """Whether it can make what is not there."""
        in_schema = self.may_use_schema and self.may_create_in_schema
        return in_schema if self.has_schema else self.may_create_schema

    @property
    def sees_schema(self) -> bool:
        """Whether it can tell how new the schema is, or that there is none."""
        return not self.has_schema or self.may_read_tables or (self.may_use_schema and not self.has_tables)


async def read_rights(connection: asyncpg.Connection) -> Rights:
    """Those of the role that we are at this moment."""
    row: Any = await connection.fetchrow(_STATEMENT)
    return Rights(**row)
