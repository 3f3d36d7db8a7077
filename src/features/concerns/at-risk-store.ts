/** SQL: the adults for whom a concern is a worry, by name, for lists that otherwise name the children in it. */
export function namesAtRisk(concern: string): string {
  return `(select coalesce(jsonb_agg(r.name || ', an adult' order by r.n), '[]') from concern_adult r
    where r.school_id = $1 and r.concern_id = ${concern} and r.involvement = 'at-risk')`
}
