import { invalid, page, redirect } from '../../src/web/http/reply.ts'
import { type Route, route } from '../../src/web/http/route.ts'

/** Small pages for tests of what stands around every page. */
export const sampleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/sample/own',
    action: 'draft.own',
    audit: 'page.opened',
    handle: async request => {
      request.permit()
      return page(`<p>${request.someone.name} at ${request.school.name}</p>`)
    },
  }),
  route({
    method: 'POST',
    path: '/sample/own',
    action: 'draft.own',
    audit: 'draft.saved',
    handle: async request => {
      request.permit()
      request.note({ event: 'draft.saved', facts: { words: request.form.text('words') } })
      return redirect('/sample/own')
    },
  }),
  route({
    method: 'GET',
    path: '/sample/file',
    action: 'today.open',
    audit: 'page.opened',
    handle: async request => {
      request.permit()
      return page('<p>a file</p>')
    },
  }),
  route({
    method: 'GET',
    path: '/sample/case',
    action: 'conduct.read',
    audit: 'page.opened',
    handle: async request => {
      request.permit({ schoolId: request.school.id, caseReaders: [request.someone.adultId] })
      return page('<p>a case</p>')
    },
  }),
  route({
    method: 'POST',
    path: '/sample/case',
    action: 'conduct.manage',
    audit: 'note.written',
    handle: async request => {
      request.permit({ schoolId: request.school.id, caseReaders: [request.someone.adultId] })
      if (request.form.text('words') === '') return invalid('<p>a case, to fill in again</p>')
      request.note({ event: 'note.written', facts: { words: request.form.text('words') } })
      return redirect('/sample/case')
    },
  }),
  route({
    method: 'POST',
    path: '/sample/file',
    action: 'note.write',
    audit: 'note.written',
    handle: async request => {
      request.permit()
      request.note({ event: 'note.written', facts: { words: request.form.text('words') } })
      return redirect('/sample/file')
    },
  }),
]
