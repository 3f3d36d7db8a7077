import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { verifyExport, writeExport } from '../src/audit/export-file.ts'
import { genesisHash, verifyDatabase } from '../src/audit/verify.ts'
import { newId } from '../src/platform/identifiers.ts'
import type { OpenDatabase } from '../src/platform/open-database.ts'

/** What proving a trail costs, in milliseconds, and how often whoever waits heard how far it is. */
export interface AuditTimes {
  readonly entries: number
  readonly fromDatabaseMs: number
  readonly exportingMs: number
  readonly fromExportMs: number
  readonly progress: number
  readonly residentBytes: number
}

const entries = 1_000_000
const eachTime = 50_000

/** Entries as `request_finish` chains them, of the length that reading a file leaves. */
const chainOn = `do $$
declare
  v_n bigint; v_hash bytea; v_body text; v_id uuid;
begin
  select c.n, c.hash into v_n, v_hash from audit_chain c join school s on s.id = c.school_id where s.key = 'audit-bench' and c.chain = 'main';
  select id into v_id from school where key = 'audit-bench';
  for i in 1..${eachTime} loop
    v_n := v_n + 1;
    v_body := '{"action":"file.opened","actor":"' || v_id || '","actorKind":"adult","at":"2026-11-20T14:10:00.000Z","facts":{"entries":12,"kinds":[],"page":1,"words":false},'
      || '"outcome":"done","roles":["dsl"],"subject":"' || v_id || '","subjectKind":"child"}';
    v_hash := sha256(v_hash || int8send(v_n) || convert_to(v_body, 'UTF8'));
    insert into audit_entry (school_id, chain, n, at, actor_id, action, subject_kind, subject_id, outcome, body, hash)
      values (v_id, 'main', v_n, '2026-11-20T14:10:00.000Z', v_id, 'file.opened', 'child', v_id, 'done', v_body, v_hash);
  end loop;
  update audit_chain set n = v_n, hash = v_hash where school_id = v_id and chain = 'main';
end $$`

async function fill(admin: pg.Client): Promise<void> {
  const known = await admin.query(`select 1 from school where key = 'audit-bench'`)
  if (known.rowCount === 0) {
    const id = newId<string>()
    await admin.query(
      `insert into school (id, key, name, demonstration, visitor_token, file_roles)
       values ($1, 'audit-bench', 'Audit bench', coalesce((select demonstration from school limit 1), false), $2, '{dsl}')`,
      [id, newId<string>()],
    )
    await admin.query('delete from audit_chain where school_id = $1', [id])
    await admin.query(`insert into audit_chain (school_id, chain, n, hash) values ($1, 'main', 0, $2)`, [
      id,
      genesisHash(id, 'main'),
    ])
  }
  for (;;) {
    const { rows } = await admin.query<{ n: number }>(
      `select c.n::float8 as n from audit_chain c join school s on s.id = c.school_id where s.key = 'audit-bench' and c.chain = 'main'`,
    )
    if ((rows[0]?.n ?? entries) >= entries) return
    await admin.query(chainOn)
  }
}

async function timedMs(body: () => Promise<unknown>): Promise<number> {
  const fromMs = performance.now()
  await body()
  return performance.now() - fromMs
}

/** Fills a trail of a million entries once, then verifies it from the database, exports it, and verifies the export. */
export async function measureAudit(database: OpenDatabase, admin: pg.Client): Promise<AuditTimes> {
  await fill(admin)
  let progress = 0
  const heard = { progress: () => (progress += 1) }
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-audit-'))
  try {
    const isWhole: boolean[] = []
    const fromDatabaseMs = await timedMs(async () => isWhole.push(await verifyDatabase(database.admin, () => {}, heard)))
    const file = join(folder, 'trail.ndjson')
    const exportingMs = await timedMs(async () => {
      const out = createWriteStream(file)
      const write = (text: string) => new Promise<void>((done, fail) => out.write(text, error => (error ? fail(error) : done())))
      await writeExport(database.admin, { write }, { withoutConduct: false })
      await new Promise(done => out.end(done))
    })
    const fromExportMs = await timedMs(async () => isWhole.push(await verifyExport(file, () => {}, heard)))
    if (isWhole.includes(false)) throw new Error('the trail of the bench is not whole')
    return { entries, fromDatabaseMs, exportingMs, fromExportMs, progress, residentBytes: process.memoryUsage.rss() }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function auditInWords(times: AuditTimes): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  return [
    `${times.entries.toLocaleString('en-GB')} entries: verified from the database in ${seconds(times.fromDatabaseMs)}`,
    `exported in ${seconds(times.exportingMs)}, verified from the export in ${seconds(times.fromExportMs)}`,
    `told ${times.progress} times how far it was; ${Math.round(times.residentBytes / 1e6)} MB resident`,
  ].join('\n')
}
