import pg, { type ClientConfig } from 'pg'

type Table = { readonly name: string; readonly says: string | null; readonly secured: boolean }
type Column = {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly rule: string
  readonly says: string | null
}
type Line = { readonly table: string; readonly line: string }
type Routine = { readonly line: string; readonly says: string | null }

const tablesSql = `
  select c.relname as name, obj_description(c.oid, 'pg_class') as says, c.relrowsecurity as secured
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`

const columnsSql = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    concat_ws(', ', case when a.attnotnull then 'required' end, 'default ' || pg_get_expr(d.adbin, d.adrelid)) as rule,
    col_description(c.oid, a.attnum) as says
  from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
  order by c.relname, a.attnum`

const keysSql = `
  select k.conrelid::regclass::text as table, pg_get_constraintdef(k.oid) as line
  from pg_constraint k where k.connamespace = 'public'::regnamespace and k.conrelid <> 0 and k.contype in ('p', 'u', 'f', 'c')
  order by 1, position(k.contype in 'pufc'), 2`

const indexesSql = `
  select c.relname as table, regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX \\S+ ON \\S+ USING', '\\1index') as line
  from pg_index i join pg_class c on c.oid = i.indrelid
  where c.relnamespace = 'public'::regnamespace and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
  order by 1, 2`

const policiesSql = `
  select tablename as table,
    lower(cmd) || coalesce(' where ' || qual, '') || coalesce(' writing ' || with_check, '') || ' (' || policyname || ')' as line
  from pg_policies where schemaname = 'public' order by tablename, policyname`

// A right on a whole table and a right on some of its columns are kept apart by the database.
const grantsSql = `
  select c.relname as table, g.grantee::regrole || ': ' || lower(g.privilege_type) as line, 0 as of_columns
  from pg_class c, aclexplode(c.relacl) g
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and g.grantee <> c.relowner
  union all
  select c.relname, g.grantee::regrole || ': ' || lower(g.privilege_type) || ' of ' || string_agg(a.attname, ', ' order by a.attname), 1
  from pg_attribute a join pg_class c on c.oid = a.attrelid, aclexplode(a.attacl) g
  where c.relnamespace = 'public'::regnamespace and g.grantee <> c.relowner
  group by c.relname, g.grantee, g.privilege_type
  order by 1, 3, 2`

const routinesSql = `
  select format('%s(%s) returns %s', p.proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid))
      || case when p.prosecdef then ' · with the owner''s rights' else '' end
      || coalesce(' · callable by ' || (select string_agg(g.grantee::regrole::text, ', ' order by g.grantee::regrole::text)
           from aclexplode(p.proacl) g where g.grantee <> p.proowner), '') as line,
    obj_description(p.oid, 'pg_proc') as says
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by 1`

function cell(text: string | null): string {
  return (text ?? '').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
}

function bullets(title: string, lines: readonly Line[], table: string): readonly string[] {
  const own = lines.filter(line => line.table === table)
  return own.length === 0 ? [] : ['', `${title}:`, '', ...own.map(({ line }) => `- \`${cell(line)}\``)]
}

/** `docs/schema.md`: what the database itself reports of tables, rights and row-level security, not what the migrations meant. */
export async function schemaDocument(admin: ClientConfig): Promise<string> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    return await describe(client)
  } finally {
    await client.end()
  }
}

async function describe(client: pg.Client): Promise<string> {
  const rowsOf = async <Row extends pg.QueryResultRow>(sql: string): Promise<readonly Row[]> =>
    (await client.query<Row>(sql)).rows
  const tables = await rowsOf<Table>(tablesSql)
  const columns = await rowsOf<Column>(columnsSql)
  const [keys, indexes, policies, grants] = [
    await rowsOf<Line>(keysSql),
    await rowsOf<Line>(indexesSql),
    await rowsOf<Line>(policiesSql),
    await rowsOf<Line>(grantsSql),
  ]
  const routines = await rowsOf<Routine>(routinesSql)
  const lines = [
    '# The schema',
    '',
    'Generated from a migrated database as PostgreSQL reports it. Do not edit: run `npm run docs`.',
    '',
    'Everything is owned by `holdfast_owner`, which cannot sign in. `holdfast_app` serves requests and owns nothing.',
  ]
  for (const table of tables) {
    lines.push('', `## ${table.name}`, '', `${table.says ?? ''}${table.secured ? '' : ' **No row-level security.**'}`.trim(), '')
    lines.push('| column | type | rule | says |', '| --- | --- | --- | --- |')
    for (const { name, type, rule, says } of columns.filter(column => column.table === table.name)) {
      lines.push(`| ${name} | ${type} | ${cell(rule)} | ${cell(says)} |`)
    }
    lines.push(...bullets('Keys and checks', keys, table.name), ...bullets('Indexes', indexes, table.name))
    lines.push(...bullets('Rights', grants, table.name), ...bullets('Row-level security', policies, table.name))
  }
  lines.push(
    '',
    '## Functions',
    '',
    ...routines.map(({ line, says }) => `- \`${cell(line)}\`${says === null ? '' : `: ${cell(says)}`}`),
    '',
  )
  return lines.join('\n')
}
