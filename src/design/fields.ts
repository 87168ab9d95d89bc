/**
 * Every key of the document that holds one value: the inspector shows this table, links and documents are read by it,
 * errors quote it. What a key may hold comes from the schema, the words for it from `fieldWords.ts`. Reads and prints
 * single values, never a design.
 */
import * as z from 'zod/mini';
import { assert } from '../base/assert.ts';
import { ok, type Result } from '../base/result.ts';
import type { Design, Policy } from './design.ts';
import { FIELD_WORDS, type FieldKey, type GroupName, type Words } from './fieldWords.ts';
import type { Leaf, LeafKind, Trouble } from './leaf.ts';
import { LEAVES } from './leaves.ts';
import { hasCache } from './policies/registry.ts';
import { designSchema } from './schema.ts';

const GROUPS: readonly GroupName[] = ['workload', 'client', 'app', 'cache', 'store', 'network', 'contract'];

export interface Field extends Omit<Leaf, 'read'>, Words {
  readonly key: FieldKey;
  /** The key's first part, or `design` for the keys without a dot. */
  readonly group: GroupName | 'design';
  readonly kind: LeafKind;
  /** The value of a text; undefined for the text that unsets it. */
  readonly parse: (text: string) => Result<unknown, Trouble>;
  /** The one text of a value of this key. Throws on a value that this key cannot have. */
  readonly print: (value: unknown) => string;
  /** The value as JSON holds it: a number, a flag, or the text. */
  readonly encode: (value: unknown) => unknown;
}

function fieldOf(key: string, schema: z.core.$ZodType): Field {
  const codec = schema instanceof z.ZodMiniExactOptional ? schema.def.innerType : schema;
  const leaf = LEAVES.get(codec);
  assert(isFieldKey(key) && leaf !== undefined, `${key} has words and a leaf`);
  const words = FIELD_WORDS[key];
  const { read, ...shown } = leaf;
  const encode = (value: unknown): unknown => (value === undefined ? words.unset : z.encode(codec, value));
  return {
    ...shown,
    ...words,
    key,
    group: groupOf(key),
    allowed: words.unset === undefined ? leaf.allowed : `${leaf.allowed}, or ${words.unset}`,
    parse: (text) => (text === words.unset ? ok(undefined) : read(text)),
    encode,
    print: (value) => String(encode(value)),
  };
}

/** The fields below a part of the schema, in the schema's order. Lists and maps are no fields. */
function fieldsBelow(prefix: string, schema: z.core.$ZodType): Field[] {
  if (schema instanceof z.ZodMiniExactOptional && schema.def.innerType instanceof z.ZodMiniObject)
    return fieldsBelow(prefix, schema.def.innerType);
  if (schema instanceof z.ZodMiniObject)
    return Object.entries(schema.shape).flatMap(([name, part]) =>
      fieldsBelow(prefix === '' ? name : `${prefix}.${name}`, part),
    );
  if (schema instanceof z.ZodMiniArray || schema instanceof z.ZodMiniRecord) return [];
  return [fieldOf(prefix, schema)];
}

/** All fields in the order of the schema. */
export const FIELDS: readonly Field[] = fieldsBelow('', designSchema);

const BY_KEY: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.key, field]));

/** The field of a key; undefined for `faults`, `remarks`, `layout`, `prices`, and for what is no key at all. */
export function fieldByKey(key: string): Field | undefined {
  return BY_KEY.get(key);
}

/** Whether a key of the document holds one value. */
export function isFieldKey(key: string): key is FieldKey {
  return Object.hasOwn(FIELD_WORDS, key);
}

/** Whether the field makes a difference under a policy. */
export function mattersFor({ policies }: Field, policy: Policy): boolean {
  return policies === 'cached' ? hasCache(policy) : (policies?.includes(policy) ?? true);
}

/** Whether a name is the first part of such keys, as `cache` is of `cache.ttl`. */
export function isGroup(name: string): name is GroupName {
  return GROUPS.some((group) => group === name);
}

function groupOf(key: FieldKey): GroupName | 'design' {
  const [first = ''] = key.split('.');
  return isGroup(first) ? first : 'design';
}

/** The value of a field in a design; undefined where it has none of its own. */
export function valueOf(design: Design, key: FieldKey): unknown {
  let value: unknown = design;
  for (const name of key.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

const INSTANT = { kind: 'const', value: 0 } as const;
const NO_LEGS = { write: INSTANT, ack: INSTANT, read: INSTANT, response: INSTANT };

/**
 * The design with another value of a field. The value must come from that field's own `parse`, which is what makes it
 * of the right type: a key that is known only at run time is beyond the compiler.
 */
export function withValue(design: Design, key: FieldKey, value: unknown): Design {
  const [first = '', second, third] = key.split('.');
  if (second === undefined || !isGroup(first)) return { ...design, [first]: value };
  if (third !== undefined) {
    const { legs, ...store } = design.store;
    return value === undefined
      ? { ...design, store }
      : { ...design, store: { ...store, legs: { ...(legs ?? NO_LEGS), [third]: value } } };
  }
  if (value !== undefined) return { ...design, [first]: { ...design[first], [second]: value } };
  const rest = Object.entries(design[first]).filter(([name]) => name !== second);
  return { ...design, [first]: Object.fromEntries(rest) };
}
