import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../src/design/readings.ts';
import { MARKS, markOfMessage } from '../../src/ui/marks/shapes.ts';

describe('the vocabulary of marks', () => {
  it('gives every mark its own look', () => {
    const looks = Object.values(MARKS).map((mark) => `${mark.shape} ${mark.hue} ${mark.finish}`);
    expect(new Set(looks).size).toBe(looks.length);
  });

  it('repeats by shape what hue says: no shape stands for two hues among what travels', () => {
    const travelling = MESSAGES.map((message) => markOfMessage(message, false, false));
    const hueOf = new Map<string, string>();
    for (const { shape, hue } of travelling) {
      expect(hueOf.get(shape) ?? hue).toBe(hue);
      hueOf.set(shape, hue);
    }
  });

  it.each(MESSAGES)('draws a %s filled, its answer hollow, and either dashed once given up on', (message) => {
    const request = markOfMessage(message, false, false);
    const answer = markOfMessage(message, true, false);
    expect([request.finish, answer.finish]).toEqual(['filled', 'hollow']);
    expect([answer.shape, answer.hue]).toEqual([request.shape, request.hue]);
    expect(markOfMessage(message, true, true).finish).toBe('alive');
    expect(markOfMessage(message, false, true).finish).toBe('alive');
  });
});
