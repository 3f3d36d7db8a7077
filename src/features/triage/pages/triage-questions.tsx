/** What triage asks: danger before all else, the categories with what the policy asks of each, the level of need. */
import type { VNode } from 'preact'
import type { LevelFramework, Profile } from '../../../policy/profile.ts'
import { Checkboxes, findError, Radios, Select, Textarea, WarningText } from '../../../web/components/index.ts'
import { groupsOf, QuestionGroups, questionsAt, ringingAnswers } from '../../questions/index.ts'
import { urgentQuestions } from '../forms.ts'
import type { ConcernFacts } from '../model.ts'
import { urgentAnswers } from '../model.ts'
import type { ConcernContent } from '../page-model.ts'
import { frameworksFor } from '../rules.ts'
import { urgentAnswerNames } from '../words.ts'
import { authorsTags } from './category-words.ts'
import type { FormFrameProps } from './form-frame.tsx'
import { RingNowList } from './ring-now.tsx'

export interface TriageQuestionsProps extends Pick<FormFrameProps, 'form' | 'errors'> {
  readonly profile: Profile
  readonly concern: ConcernFacts
  readonly content: Pick<ConcernContent, 'answers'>
}

function UrgentQuestions({ profile, content, form, errors }: Omit<TriageQuestionsProps, 'concern'>): VNode {
  const reported = ringingAnswers(profile, content.answers)
  // What was reported asks for the police: then that question comes before the others.
  const inOrder =
    reported.length > 0
      ? urgentQuestions.toSorted((a, b) => Number(b.field === 'police') - Number(a.field === 'police'))
      : urgentQuestions
  return (
    <>
      <h2 class="govuk-heading-m">First: is anybody in danger?</h2>
      {reported.length > 0 && (
        <>
          <WarningText>Reported: {reported.join('; ')}. Decide about the police before anything else.</WarningText>
          <RingNowList profile={profile} says="If a child is in danger now, ring before you go on." />
        </>
      )}
      {inOrder.map(({ field, asks, danger }) => (
        <Radios
          name={field}
          legend={asks}
          legendSize="s"
          look="small"
          value={form.text(field)}
          error={findError(errors, field)}
          items={urgentAnswers.map(answer => ({
            value: answer,
            label: urgentAnswerNames[answer],
            conditional: answer === danger && <RingNowList profile={profile} says="Ring now. Finish this page afterwards." />,
          }))}
        />
      ))}
      <Textarea
        name="urgent-says"
        label="What was done about it, with names and times"
        labelSize="s"
        hint="Where nothing is dangerous, leave it empty."
        rows={3}
        value={form.text('urgent-says')}
        error={findError(errors, 'urgent-says')}
      />
    </>
  )
}

function Levels({
  frameworks,
  form,
  errors,
}: { readonly frameworks: readonly LevelFramework[] } & Pick<TriageQuestionsProps, 'form' | 'errors'>): VNode {
  const several = frameworks.length > 1
  return (
    <Radios
      name="level"
      legend="Level of need"
      legendSize="m"
      hint={several ? 'Judge by the words of the authority where the child lives; it stands first.' : frameworks[0]?.name}
      value={form.text('level')}
      error={findError(errors, 'level')}
      items={frameworks.flatMap((framework, index) => [
        several && { divider: index === 0 ? framework.name : `or, by ${framework.name}` },
        ...framework.levels.map((level, position) => ({
          // An error links to the question's own id, and a divider may stand before the first choice.
          id: index === 0 && position === 0 ? 'level' : `level-${framework.authority}-${level.id}`,
          value: `${framework.authority}.${level.id}`,
          label: level.name,
          hint: level.says,
        })),
      ])}
    />
  )
}

function authorsHint(profile: Profile, concern: ConcernFacts): string {
  const authors = authorsTags(profile, concern)
  const kept = authors === '' ? '' : ` Whoever wrote it chose: ${authors}. That stays beside yours.`
  return `Select all that apply. The reporter does not see them.${kept}`
}

function Categories({ profile, concern, form, errors }: Omit<TriageQuestionsProps, 'content'>): VNode {
  return (
    <>
      <Checkboxes
        name="categories"
        legend="Categories"
        legendSize="m"
        hint={authorsHint(profile, concern)}
        look="small"
        values={form.all('categories')}
        error={findError(errors, 'categories')}
        items={profile.concern.triageCategories.map(option => ({ value: option.id, label: option.name, hint: option.hint }))}
      />
      <Select
        name="main-category"
        label="Main category"
        labelSize="s"
        hint="Only where you select several: the one that weighs most."
        value={form.text('main-category')}
        error={findError(errors, 'main-category')}
        items={[
          { value: '', text: 'Select one of them' },
          ...profile.concern.triageCategories.map(({ id, name }) => ({ value: id, text: name })),
        ]}
      />
    </>
  )
}

/** Danger, categories, the questions of the policy and the level of need. */
export function TriageQuestions({ profile, concern, content, form, errors }: TriageQuestionsProps): VNode {
  return (
    <>
      <UrgentQuestions profile={profile} content={content} form={form} errors={errors} />
      <Categories profile={profile} concern={concern} form={form} errors={errors} />
      <QuestionGroups
        groups={groupsOf(questionsAt(profile, 'triage'), concern.prompts)}
        openers={profile.concern.triageCategories}
        chosen={form.all('categories')}
        form={form}
        errors={errors}
      />
      <Levels frameworks={frameworksFor(profile, concern)} form={form} errors={errors} />
    </>
  )
}
