import { distance } from 'fastest-levenshtein';

/**
 * The candidate a person most likely meant, or undefined when none is near. Another case or another separator is near
 * at any length; otherwise about one wrong letter in three is forgiven, and never the whole word.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalize(word);
  let best: string | undefined;
  let bestDistance = Math.min(Math.max(1, Math.round(wanted.length * 0.35)), wanted.length - 1) + 1;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const other = normalize(candidate);
    if (other === wanted) return candidate;
    if (Math.abs(other.length - wanted.length) >= bestDistance) continue;
    const steps = countSteps(wanted, other);
    if (steps < bestDistance) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}

const normalize = (word: string): string => word.toLowerCase().replace(/[\s_.-]/g, '');

/** Levenshtein distance, where two swapped neighbours (`siez`) count as one mistake like a typist sees it. */
function countSteps(from: string, to: string): number {
  const steps = distance(from, to);
  return steps === 2 && isSwap(from, to) ? 1 : steps;
}

function isSwap(from: string, to: string): boolean {
  if (from.length !== to.length) return false;
  let first = 0;
  while (first < from.length && from[first] === to[first]) first += 1;
  return from[first] === to[first + 1] && from[first + 1] === to[first] && from.slice(first + 2) === to.slice(first + 2);
}
