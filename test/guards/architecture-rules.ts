import type { Import, SourceFile } from './source-files.ts'

/** A rule on who may import what or read the clock. `faults` are sentences; the picture of imports obeys all of them. */
export type ArchitectureRule = { readonly says: string; faults(file: SourceFile): readonly string[] }

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)
const isProgram = (path: string): boolean => path.startsWith('src/') && !isTest(path)
const isIsland = (path: string): boolean => path.startsWith('src/web/islands/')
const fileName = (path: string): string => path.split('/').at(-1) ?? ''

function featureOf(path: string): string | undefined {
  return /^src\/features\/([^/]+)\//.exec(path)?.[1]
}

// These read files, print or assemble documents; the rest of src/policy is the language itself.
const policyEdge = /^src\/policy\/(load|check|example|.*document)/
const isKernel = (path: string): boolean => path.startsWith('src/kernel/')
const isPurePolicy = (path: string): boolean => path.startsWith('src/policy/') && !policyEdge.test(path)
const isRulesOrModel = (path: string): boolean => /^(rules.*|model)\.ts$/.test(fileName(path)) && !policyEdge.test(path)
const isStore = (path: string): boolean => /^(.*-)?store\.ts$/.test(fileName(path))
const isPage = (path: string): boolean => path.includes('/pages/')

function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

/** Builds a rule on imports: which files it binds, and what is wrong with one of their imports. */
function importRule(
  says: string,
  binds: (path: string) => boolean,
  isFault: (imported: Import, path: string) => boolean,
): ArchitectureRule {
  return {
    says,
    faults: file =>
      binds(file.path) && !isTest(file.path)
        ? file.imports.filter(imported => isFault(imported, file.path)).map(imported => `${file.path} imports ${imported.target}`)
        : [],
  }
}

/** Builds a rule on what the code may say. */
function wordRule(says: string, binds: (path: string) => boolean, pattern: RegExp): ArchitectureRule {
  return {
    says,
    faults: file => (binds(file.path) ? [...file.code.matchAll(pattern)].map(([found]) => `${file.path} says ${found}`) : []),
  }
}

const kernelPackages = ['temporal-polyfill']
const databasePackages = ['pg', 'kysely', 'pg-boss']

/** The packages the running program may use. */
export function packageRule(dependencies: readonly string[]): ArchitectureRule {
  return importRule(
    'The program uses only packages that package.json lists as dependencies',
    isProgram,
    imported =>
      !imported.isFile &&
      !imported.typeOnly &&
      !imported.target.startsWith('node:') &&
      !dependencies.includes(packageOf(imported.target)),
  )
}

export const architectureRules: readonly ArchitectureRule[] = [
  importRule('The kernel imports only itself', isKernel, imported =>
    imported.isFile ? !isKernel(imported.target) : !kernelPackages.includes(packageOf(imported.target)),
  ),
  importRule(
    'Rules, models and the language of policies decide from what they are given: they import only each other and the kernel',
    path => isProgram(path) && (isRulesOrModel(path) || isPurePolicy(path)),
    imported => {
      if (!imported.isFile) return !['zod', 'yaml', 'js-yaml', ...kernelPackages].includes(packageOf(imported.target))
      if (isKernel(imported.target) || isPurePolicy(imported.target) || isRulesOrModel(imported.target)) return false
      return !(imported.typeOnly && fileName(imported.target) === 'index.ts')
    },
  ),
  importRule('A store holds SQL and no decision: it never imports rules', isStore, imported =>
    /^rules.*\.ts$/.test(fileName(imported.target)),
  ),
  importRule('Pages hold neither SQL nor its results: they never import a store or the database', isPage, imported =>
    imported.isFile ? isStore(imported.target) : databasePackages.includes(packageOf(imported.target)),
  ),
  importRule(
    'A feature reaches another only through its index.ts; what is pure may build on what is pure, which an index is not',
    isProgram,
    (imported, path) => {
      const other = featureOf(imported.target)
      if (!imported.isFile || other === undefined || other === featureOf(path)) return false
      if (isRulesOrModel(path) && isRulesOrModel(imported.target)) return false
      // The list of routes and the composition root see every feature's routes; they are the only ones.
      return (
        imported.target !== `src/features/${other}/index.ts` &&
        !(isComposition(path) && /\/(routes|jobs)\.tsx?$/.test(imported.target))
      )
    },
  ),
  importRule(
    'The platform knows nothing of safeguarding: it imports only itself and the kernel',
    path => path.startsWith('src/platform/'),
    imported => imported.isFile && !imported.target.startsWith('src/platform/') && !isKernel(imported.target),
  ),
  importRule(
    'Features stand on the layers below: nothing below imports a feature',
    path => /^src\/(kernel|policy|access|audit|platform|work)\//.test(path),
    imported => featureOf(imported.target) !== undefined,
  ),
  importRule(
    'The program runs without its tests, tools, demonstration and benches',
    path => isProgram(path) && !isComposition(path),
    imported => imported.isFile && /^(test|tools|bench|conformance|demo)\//.test(imported.target),
  ),
  wordRule(
    'Time and chance are passed in: only the platform reads the clock or throws dice',
    path => isProgram(path) && !path.startsWith('src/platform/') && !isIsland(path),
    /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bTemporal\.Now\b/g,
  ),
  {
    says: 'A file is named after what it holds',
    faults: file =>
      /(^|[-.])(utils?|helpers?|managers?|services?|common|misc)\.tsx?$/.test(fileName(file.path)) ||
      !/^[a-z0-9.-]+$/.test(fileName(file.path))
        ? [`${file.path} is named after nothing`]
        : [],
  },
]

function isComposition(path: string): boolean {
  return path === 'src/main.ts' || path === 'src/web/routes.ts'
}

/** Finds circles of imports between files, those that bring only types left out; each is told once. */
export function importCircles(files: readonly SourceFile[]): readonly string[] {
  const edges = new Map(
    files.map(file => [
      file.path,
      file.imports.filter(imported => imported.isFile && !imported.typeOnly).map(imported => imported.target),
    ]),
  )
  const finished = new Set<string>()
  const circles: string[] = []
  function walk(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path)
    if (start >= 0) {
      circles.push([...trail.slice(start), path].join(' → '))
      return
    }
    if (finished.has(path)) return
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path])
    finished.add(path)
  }
  for (const path of edges.keys()) walk(path, [])
  return circles
}
