// Where every duty of the five policies stands; `npm run conformance`, described in conformance/README.md.
import { parseArgs } from 'node:util'
import { readAnswered, readLedger } from './ledger.ts'
import { findLastResults, findProofs, runProofs } from './proofs.ts'
import { type Standing, standingOf, tablesOf } from './standing.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, run: { type: 'boolean' }, open: { type: 'boolean' }, area: { type: 'string' } },
})

const duties = readLedger()
const proofs = findProofs()
const results = values.run ? await runProofs(proofs) : findLastResults()
const all = standingOf(duties, proofs, readAnswered(), results)
const standings = values.area ? all.filter(standing => standing.area === values.area) : all

function openOnes(): readonly string[] {
  const says = new Map(duties.map(duty => [duty.id, duty.duty]))
  const line = ({ id, weight, area }: Standing) => `${id}  weight ${weight}  ${area}: ${says.get(id)}`
  return standings.filter(standing => standing.state === 'open').map(line)
}

if (values.json) console.log(JSON.stringify({ duties: standings }, undefined, 1))
else {
  console.log([...tablesOf(standings), ...(values.open ? ['', 'Open:', ...openOnes()] : [])].join('\n'))
  for (const { id, state, reason } of standings) if (state === 'answered') console.log(`answered ${id}: ${reason}`)
}
const failed = standings.filter(({ state, tests }) => state === 'open' && tests.length > 0)
for (const { id, reason } of failed) console.error(`${id} ${reason}`)
if (!results) console.error('Counted by the titles of tests, which were not run: --run runs them.')
if (values.run && failed.length > 0) process.exitCode = 1
