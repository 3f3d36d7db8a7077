import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readYaml } from './yaml-text.ts'

/** One slip each, with where it is met, what stands there and what to do. */
const slips = [
  ['an entry without its hyphen', '- a: 1\n b: 2\n', '2:1', 'b: 2', /Begin each entry of a list with a hyphen and a blank/],
  [
    'a field that begins elsewhere',
    'a:\n  - b: 1\n    c: 2\n  d: 3\n',
    '4:1',
    'd: 3',
    /Begin all fields of one entry in the same/,
  ],
  ['an entry in braces without its hyphen', 'a:\n  - { b: 1 }\n  { b: 2 }\n', '3:1', '{ b: 2 }', /with a hyphen and a blank/],
  ['a quotation mark that is not closed', 'a: "one\nb: 2\n', '3:1', undefined, /Close the quotation mark/],
  ['a tab', 'a:\n\tb: 1\n', '2:1', 'b: 1', /Indent with blanks/],
  [
    'a sentence with a colon',
    'a: The DSL: at once\n',
    '1:4',
    'The DSL: at once',
    /Put a sentence with a colon in it into quotes/,
  ],
  ['a key that is there twice', 'a: 1\na: 2\n', '2:1', 'a: 2', /written twice in one entry/],
  ['a brace that is not closed', 'a: { b: 1\nc: 2\n', '2:1', 'c: 2', /each \{ and \[ is closed/],
  ['a field without its value', 'a: 1\nb\nc: 2\n', '2:1', 'b', /its name, a colon, a blank and its value/],
  ['a word of YAML', 'a: !urgent now\n', '1:15', undefined, /Put what begins with !, %, @ or a backtick into quotes/],
  ['an address that begins with @', 'a: @school\n', '1:4', '@school', /Put what begins with !, %, @/],
  ['a word that begins with a star', 'a: *all\n', '1:8', undefined, /begins with \* stands for something else/],
  ['a text that begins beside its stroke', 'a: |now\n  b\n', '1:5', 'now', /After \| or > nothing stands/],
  ['a backslash', 'a: "C:\\q"\n', '1:7', '\\q"', /a backslash begins a sign of its own/],
  ['a sign that cannot be seen', 'a: \u0001\n', '1:5', undefined, /type the line anew/],
  ['a value without a name', ': 1\n', '1:1', ': 1', /its name, a colon, a blank/],
  ['two files in one', 'a: 1\n---\nb: 2\n', '2:1', '---', /One file is one policy or one rehearsal/],
  ['words behind a quotation', 'a: "x" y\n', '1:8', 'y', /Put the whole sentence into quotes/],
  ['nothing', '', '1:1', undefined, /Begin a policy with `edition:`.*and a rehearsal with `profile:`/],
] as const

for (const [what, text, place, met, remedy] of slips)
  test(`a file with ${what} is refused with its line, what was met there, and what to write instead`, () => {
    const read = readYaml('f.yaml', text)
    assert.ok(!read.ok, JSON.stringify(read))
    const [fault] = read.refusal
    assert.equal(`${fault?.line}:${fault?.column}`, place)
    const says = `This is not well-formed YAML. ${met === undefined ? 'Here the line ends.' : `Here stands: ${met}`}`
    assert.equal(fault?.says.replaceAll('\u0001', ''), says)
    assert.match(fault?.remedy ?? '', remedy)
    assert.match(fault?.remedy ?? '', /^[A-Z].*\)\.$/, 'a sentence, with what the reader itself says behind it')
  })
