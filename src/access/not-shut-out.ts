/**
 * SQL: whether whoever reads is not outside the record of this alias. Row-level security leaves a reporter their own words after
 * they are shut out of a concern; wherever the team reads, that ground does not count.
 */
export function notShutOut(alias: string): string {
  return `not coalesce(scope_adult() = any (${alias}.excluded), false)`
}
