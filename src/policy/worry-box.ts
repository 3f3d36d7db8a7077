/** The box into which a pupil writes a worry, with or without a name. Pure. */
import type { Profile, WorryBox } from './profile.ts'

/** Whether what was written holds one of the words at which the policy has the team told urgently. */
export function isUrgentWorry({ urgentWords }: Pick<WorryBox, 'urgentWords'>, words: string): boolean {
  const plain = (text: string) =>
    ` ${text
      .toLocaleLowerCase('en-GB')
      .replaceAll(/['’]/g, '')
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `
  return urgentWords.some(word => plain(words).includes(plain(word)))
}

/** What such a worry is kept as: something a child said, and what the place adds where the school has it. */
export function promptsOfWorry(
  profile: Pick<Profile, 'concern'>,
  place: WorryBox['places'][number] | undefined,
): readonly string[] {
  const known = profile.concern.prompts.map(({ id }) => id)
  return ['disclosure', ...(place?.prompts ?? [])].filter(prompt => known.includes(prompt))
}
