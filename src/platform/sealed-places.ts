/** Where sealed values lie: whose they are, and what each is bound to. Sealing anew needs all of them. */
export interface SealedPlace {
  readonly table: string
  readonly column: string
  readonly owner: 'school' | 'account'
  /** The column that names the owner. */
  readonly ownerColumn: string
  /** The columns that name the row beside it. */
  readonly named: readonly string[]
  boundTo(row: Readonly<Record<string, unknown>>): string
}

const ofSchool = { owner: 'school', ownerColumn: 'school_id', column: 'sealed' } as const
const ofCase = (table: string, part: string): SealedPlace => ({
  ...ofSchool,
  table,
  named: ['id', 'case_id'],
  boundTo: ({ id, case_id }) => `conduct ${case_id} ${part} ${id}`,
})

/** A guard finds every sealed column of the schema here. */
export const sealedPlaces: readonly SealedPlace[] = [
  { ...ofSchool, table: 'draft', named: ['id'], boundTo: ({ id }) => `draft:${id}` },
  { ...ofSchool, table: 'attachment', named: ['id'], boundTo: ({ id }) => `attachment:${id}` },
  {
    ...ofSchool,
    table: 'conduct_words',
    named: ['case_id', 'part'],
    boundTo: ({ case_id, part }) => `conduct ${case_id} part ${part}`,
  },
  {
    ...ofSchool,
    table: 'conduct_subject',
    column: 'sealed_name',
    named: ['case_id', 'n'],
    boundTo: ({ case_id, n }) => `conduct ${case_id} subject ${n}`,
  },
  ofCase('conduct_assessment', 'assessment'),
  ofCase('conduct_contact', 'contact'),
  ofCase('conduct_conclusion', 'conclusion'),
  ofCase('conduct_pattern', 'pattern'),
  { ...ofSchool, table: 'complaint_words', named: ['complaint_id'], boundTo: ({ complaint_id }) => `complaint ${complaint_id}` },
  {
    ...ofSchool,
    table: 'sign_in_provider',
    named: [],
    boundTo: () => 'secret of the sign-in provider',
  },
  {
    table: 'account',
    column: 'code_secret_sealed',
    owner: 'account',
    ownerColumn: 'id',
    named: [],
    boundTo: () => 'code-secret',
  },
  {
    table: 'kept_form',
    column: 'sealed',
    owner: 'account',
    ownerColumn: 'account_id',
    named: ['id'],
    boundTo: ({ id }) => String(id),
  },
]
