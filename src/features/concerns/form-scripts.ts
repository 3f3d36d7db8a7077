/** The islands that improve the form; it works without them. */
export const formScripts: readonly string[] = ['draft', 'find-child', 'body-map', 'coach']
