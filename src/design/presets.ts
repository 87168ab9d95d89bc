/** The designs that a link starts from: one for each policy, the same in everything else. */
import { assert } from '../base/assert.ts';
import { deepFreeze } from '../base/freeze.ts';
import { seedDesign, type Design, type Policy } from './design.ts';

export interface Preset {
  /** The policy's name, and the first part of a link. */
  readonly name: Policy;
  readonly title: string;
  /** What happens on a PUT and on a GET. */
  readonly sentence: string;
  readonly design: Design;
}

function preset(name: Policy, title: string, sentence: string): Preset {
  const design = name === seedDesign.policy ? seedDesign : deepFreeze({ ...seedDesign, policy: name });
  return { name, title, sentence, design };
}

/** In the order of lists, of the policy bar and of its keys. */
export const PRESETS: readonly Preset[] = [
  preset(
    'write-through',
    'Write-through',
    'The app writes to the cache, which forwards to the store; a miss is refilled by the cache.',
  ),
  preset(
    'write-through-aside',
    'Write-through, aside',
    'The app writes the store, then sets the cache; a miss is filled by the app.',
  ),
  preset(
    'look-aside',
    'Look-aside',
    'The app writes the store, then deletes from the cache; a miss is filled by the app.',
  ),
  preset(
    'write-around',
    'Write-around',
    'The app writes the store alone; entries live until their TTL, and a miss is refilled by the cache.',
  ),
  preset(
    'write-behind',
    'Write-behind',
    'The cache acks a write and brings it to the store later, the last one of several.',
  ),
  preset(
    'refresh-ahead',
    'Refresh-ahead',
    'Write-through, and a hit on an entry near the end of its TTL reloads it in the background.',
  ),
  preset('db-only', 'Store only', 'No cache: every read and every write goes to the store.'),
];

const BY_NAME: ReadonlyMap<string, Preset> = new Map(PRESETS.map((entry) => [entry.name, entry]));

/** The preset of a policy's name; undefined where the name is none. */
export function presetByName(name: string): Preset | undefined {
  return BY_NAME.get(name);
}

/** The preset that a design is written as a difference from. */
export function presetOf(design: Design): Preset {
  const known = BY_NAME.get(design.policy);
  assert(known !== undefined, `${design.policy} has a preset`);
  return known;
}
