/** The hidden field that says against which state of the concern a form was filled in. */
export const revisionField = 'revision'
