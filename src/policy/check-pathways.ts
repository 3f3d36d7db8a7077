/** What one pathway's shape cannot tell: whether its contacts are known, its steps meet one another, its clock has a rule. */
import { leadsBack } from './check-duties.ts'
import type { FieldFault, FieldPath } from './faults.ts'
import { directoryPurposes } from './language.ts'
import type { Layers } from './layers.ts'
import { findContactName } from './layers.ts'
import type { Layer } from './parse-layer.ts'

const homeNames = ['front-door', ...directoryPurposes].map(purpose => `home.${purpose}`)

function contactFault(path: FieldPath, key: string, layer: Layer, layers: Layers): readonly FieldFault[] {
  const isKnown = key.startsWith('home.') ? homeNames.includes(key) : findContactName(layer, key, layers) !== undefined
  if (isKnown) return []
  const remedy = key.startsWith('home.')
    ? `Of the authority where the child lives there are ${homeNames.join(', ')}.`
    : 'Define it under contacts, or write the key of another file as <authority>.<contact>.'
  return [{ path, on: 'value', says: `No contact "${key}" is defined.`, remedy }]
}

/** The faults of a file's pathways. */
export function pathwayFaults(layer: Layer, layers: Layers): FieldFault[] {
  if (!layer.data.pathways) return []
  const all: readonly Layer[] = [...layers.national, ...layers.authorities, ...layers.trusts, ...layers.schools]
  const clocks = new Set(all.flatMap(other => (other.data.clocks ?? []).map(({ clock }) => String(clock))))
  const answers = new Set(
    all.flatMap(other =>
      (other.data.questions ?? []).flatMap(question => (question.options ?? []).map(option => `${question.id}.${option.id}`)),
    ),
  )
  return (layer.data.pathways ?? []).flatMap((pathway, n): FieldFault[] => {
    const at: FieldPath = ['pathways', n]
    const steps = pathway.steps ?? []
    const comesAfter = (name: string) => steps.flatMap(({ id, after }) => (id === name && after ? [after.step] : []))
    return [
      ...(pathway.contacts ?? []).flatMap((key, index) => contactFault([...at, 'contacts', index], key, layer, layers)),
      ...(pathway.for.answers ?? []).flatMap((answer, index): FieldFault[] =>
        answers.has(answer)
          ? []
          : [
              {
                path: [...at, 'for', 'answers', index],
                on: 'value',
                says: `No question has the answer "${answer}".`,
                remedy: 'Write <question>.<option> of a question under questions.',
              },
            ],
      ),
      ...steps.flatMap((step, index): FieldFault[] => {
        const path: FieldPath = [...at, 'steps', index]
        const wrong = (field: string, says: string, remedy: string): FieldFault => ({
          path: [...path, field],
          on: 'value',
          says,
          remedy,
        })
        return [
          ...(step.contacts ?? []).flatMap((key, place) => contactFault([...path, 'contacts', place], key, layer, layers)),
          ...(steps.findIndex(({ id }) => id === step.id) < index
            ? [wrong('id', `The step "${step.id}" is given twice.`, 'Rename or remove one of them.')]
            : []),
          ...(step.after && !steps.some(({ id }) => id === step.after?.step && id !== step.id)
            ? [wrong('after', `There is no other step "${step.after.step}" to come after.`, 'Name a step of this pathway.')]
            : []),
          ...(step.after && step.after.step !== step.id && leadsBack(step.id, comesAfter)
            ? [wrong('after', `The steps wait for one another: "${step.id}" never opens.`, 'Let one of them open at once.')]
            : []),
          ...(step.clock && !clocks.has(step.clock)
            ? [
                wrong(
                  'clock',
                  `No rule gives the time of the clock ${step.clock}.`,
                  'Give it under clocks, or take the clock out.',
                ),
              ]
            : []),
        ]
      }),
    ]
  })
}
