/**
 * Where a link stands in an address: behind its `#`. Settings that were put before it, as most pages have theirs, are
 * not read there; here is how the link that was meant is written.
 */
import { seedDesign } from './design.ts';
import { fieldByKey, isGroup } from './fields.ts';
import { presetByName } from './presets.ts';

const ADDRESS = /^[a-z]+:\/\//i;

/** What stands behind the `#`; of an address without one, nothing. */
export function fragmentOf(text: string): string {
  const hash = text.indexOf('#');
  const fragment = hash >= 0 ? text.slice(hash + 1) : ADDRESS.test(text) ? '' : text;
  return fragment.replace(/^[#/]+/, '');
}

/** Whether it is an address and says nothing of a design: the page opens with one of its own there. */
export function lacksFragment(text: string): boolean {
  return ADDRESS.test(text) && !text.includes('#');
}

/** The link that an address without `#` was meant to be; undefined where it is none, or has no settings. */
export function linkMeantBy(address: string): string | undefined {
  const question = address.indexOf('?');
  return lacksFragment(address) && question >= 0 ? linkMeantByQuery(address.slice(question)) : undefined;
}

/** Keys of a link that nobody else's queries are likely to have. */
const TELLING: readonly string[] = ['fault', 'seed', 'duration', 'policy', 'zones'];
/** Keys that go along with them. */
const OTHERS: readonly string[] = ['remark', 'at', 'speed', 'key', 'session', 'window', 'vs', 'ghost'];

/** The same of what stands between `?` and `#`, such as `?cache.ttl=3s`: `#/write-through?cache.ttl=3s`. */
export function linkMeantByQuery(query: string): string | undefined {
  const parts = query.replace(/^[#?/]+/, '').split(/[?&]/);
  const preset = presetByName(parts[0] ?? '')?.name;
  const settings = parts.filter((part) => isSetting(part));
  if (preset === undefined && !settings.some((part) => isTelling(keyOf(part)))) return undefined;
  const name = preset ?? seedDesign.policy;
  return settings.length === 0 ? `#/${name}` : `#/${name}?${settings.join('&')}`;
}

function isSetting(part: string): boolean {
  const key = keyOf(part);
  return part.includes('=') && (isTelling(key) || OTHERS.includes(key) || fieldByKey(key) !== undefined);
}

function isTelling(key: string): boolean {
  const [group = '', name] = key.split('.');
  return TELLING.includes(key) || (name !== undefined && isGroup(group));
}

function keyOf(part: string): string {
  return part.split('=', 1)[0] ?? '';
}
