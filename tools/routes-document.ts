import type { Route } from '../src/web/http/route.ts'

/** `docs/routes.md`: every address, who may ask (the action decides) and what the audit trail says of it. */
export function routesDocument(routes: readonly Route[]): string {
  const sorted = routes.toSorted((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'))
  return [
    '# The routes',
    '',
    'Generated from `src/web/routes.ts`. Do not edit: run `npm run docs`. What an action means is in `access-table.md`.',
    '',
    '| address | for | action | audit event |',
    '| --- | --- | --- | --- |',
    ...sorted.map(({ method, path, to, action, audit }) => `| ${method} \`${path}\` | ${to} | \`${action}\` | \`${audit}\` |`),
    '',
  ].join('\n')
}
