import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, type Items, idList, isPresent } from './attributes.ts'

export interface Task {
  readonly title: Content
  readonly href?: string | undefined
  readonly hint?: Content
  /** A Tag, or plain text once there is nothing left to do. */
  readonly status: Content
  readonly titleClass?: string | undefined
  readonly statusClass?: string | undefined
  readonly class?: string | undefined
}

export interface TaskListProps {
  readonly items: Items<Task>
  readonly idPrefix?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

function TaskItem({ task, idPrefix }: { readonly task: Task; readonly idPrefix: string }): VNode {
  const hintId = isPresent(task.hint) ? `${idPrefix}-hint` : undefined
  const statusId = `${idPrefix}-status`
  return (
    <li class={classNames('govuk-task-list__item', task.href && 'govuk-task-list__item--with-link', task.class)}>
      <div class="govuk-task-list__name-and-hint">
        {task.href ? (
          <a
            class={classNames('govuk-link govuk-task-list__link', task.titleClass)}
            href={task.href}
            aria-describedby={idList(hintId, statusId)}
          >
            {task.title}
          </a>
        ) : (
          <div class={task.titleClass}>{task.title}</div>
        )}
        {hintId && (
          <div id={hintId} class="govuk-task-list__hint">
            {task.hint}
          </div>
        )}
      </div>
      <div class={classNames('govuk-task-list__status', task.statusClass)} id={statusId}>
        {task.status}
      </div>
    </li>
  )
}

/** The parts of a long job, each with its status. */
export function TaskList({ idPrefix = 'task-list', ...props }: TaskListProps): VNode {
  return (
    <ul class={classNames('govuk-task-list', props.class)} {...props.attributes}>
      {props.items.map((task, index) => task && <TaskItem task={task} idPrefix={`${idPrefix}-${index + 1}`} />)}
    </ul>
  )
}
