import { SEVERITIES, type Severity } from '../../contract/issue.ts';

type Range = readonly [gravest: Severity, mildest: Severity];

/** What the text says weighs more than the kind of event. The first that fits holds. */
const BY_WORDS: readonly (readonly [kinds: readonly string[], words: RegExp, range: Range])[] = [
  [['traffic_accident'], /không có người bị thương nặng/i, ['P3', 'P4']],
  [['traffic_accident'], /bất động|kẹt|chảy máu nhiều/i, ['P1', 'P2']],
  [['fight'], /dao|hung khí|chảy máu/i, ['P1', 'P2']],
  [['lighting', 'tree'], /dây điện/i, ['P1', 'P3']],
  [['animal'], /cắn/i, ['P2', 'P3']],
];

const BY_KIND: Readonly<Record<string, Range>> = {
  unconscious: ['P1', 'P2'], breathing: ['P1', 'P2'], stroke: ['P1', 'P2'], birth: ['P1', 'P2'], rescue: ['P1', 'P2'], fire_house: ['P1', 'P2'],
  fire_vehicle: ['P1', 'P3'], fire_forest: ['P2', 'P3'], traffic_accident: ['P2', 'P3'], disaster: ['P1', 'P3'], missing_person: ['P2', 'P3'],
  fight: ['P2', 'P3'], theft: ['P3', 'P4'], noise: ['P3', 'P4'], procedure: ['P3', 'P4'], order: ['P3', 'P4'], waste: ['P3', 'P4'], animal: ['P3', 'P4'],
};
const ELSE: Range = ['P2', 'P4'];

/** The severity nearest to the one drawn that is believable for what is reported. */
export function believable(drawn: Severity, category: string, description: string): Severity {
  const [gravest, mildest] = BY_WORDS.find(([kinds, words]) => kinds.includes(category) && words.test(description))?.[2] ?? BY_KIND[category] ?? ELSE;
  const at = Math.min(Math.max(SEVERITIES.indexOf(drawn), SEVERITIES.indexOf(gravest)), SEVERITIES.indexOf(mildest));
  return SEVERITIES[at]!;
}
