import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../kernel/plain-date.ts'
import { type LayoutProps, renderPage } from './layout.tsx'

const teacher: LayoutProps = {
  title: 'My concerns',
  school: 'Elm & Ash Primary School',
  person: { name: 'Priya <b>Anand</b>', role: 'class teacher', unseenAlerts: 2 },
  nav: [
    { href: '/', text: 'Home' },
    { href: '/today', text: 'Today', current: true },
  ],
  worryHref: '/concerns/new',
  formToken: 'token-1',
  quickExit: true,
  now: '2026-11-20T14:22:00Z' as Instant,
  printedAbout: 'Ada Lund',
  children: <h1>My concerns</h1>,
}

test('Whoever is signed in can say that they are worried about a child from any page', () => {
  assert.match(renderPage(teacher), /<a href="\/concerns\/new"[^>]*>I am worried about a child<\/a>/)
  assert.doesNotMatch(renderPage({ title: 'Sign in' }), /worried about a child/)
})

test('Whoever listens to a page hears in its title that something is wrong', () => {
  const errors = [{ field: 'words', says: 'Write what was said' }]
  assert.match(renderPage({ ...teacher, errors }), /<title>Error: My concerns – Elm &amp; Ash Primary School – Holdfast<\/title>/)
  assert.match(renderPage(teacher), /<title>My concerns/)
})

test('Whoever uses a keyboard reaches the content first', () => {
  const html = renderPage(teacher)
  assert.match(html, /<body[^>]*><a href="#main-content" class="govuk-skip-link"/)
  assert.match(html, /<main [^>]*id="main-content">/)
})

test('A sheet of paper says what it is about, who printed it and when the page was made', () => {
  assert.match(
    renderPage(teacher),
    /Elm &amp; Ash Primary School · Ada Lund\. Printed by Priya &lt;b>Anand&lt;\/b> from the page as it stood on Friday 20 November 2026 at 2:22pm/,
  )
})

test('Somebody signed in can sign out from every page, with their own token', () => {
  assert.match(renderPage(teacher), /action="\/sign-out"[^>]*><input type="hidden" name="_token" value="token-1"\/?>/)
})

test('Staff cover a page and come back to it; a visitor leaves it for good', () => {
  assert.match(renderPage(teacher), /data-module="hf-blank"/)
  assert.match(renderPage({ title: 'Tell us', quickExit: true }), /data-module="govuk-exit-this-page"/)
  assert.doesNotMatch(renderPage({ title: 'Home' }), /hf-blank|exit-this-page/)
})

test('A page brings no script or style inside its text, so that a strict browser policy can refuse them all', () => {
  const html = renderPage({ ...teacher, demonstration: true, wide: true, scripts: ['accordion'] })
  for (const [, attributes, body] of html.matchAll(/<script([^>]*)>(.*?)<\/script>/g)) {
    assert.match(attributes ?? '', /^ type="module" src="\/assets\/[\w-]+\.[0-9a-f]{12}\.js"$/)
    assert.equal(body, '')
  }
  assert.equal([...html.matchAll(/<script/g)].length, 2)
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|javascript:/)
})
