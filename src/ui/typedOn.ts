/** What was typed, with one more key of it; undefined where the key writes nothing. For texts whose field is yet to be there. */
export function typedOn(
  typed: string,
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
): string | undefined {
  if (ctrlKey || metaKey) return undefined;
  if (key === 'Backspace') return typed.slice(0, -1);
  return key.length === 1 ? typed + key : undefined;
}
