import { describe, expect, it } from 'vitest';
import { ident, integer, param, render, sql, text } from './fragment';

describe('SQL fragments', () => {
  it('turns every value into a parameter, the same value into the same one', () => {
    const hostile = "x'; DROP TABLE observation; --";
    const { sql: out, params } = render(
      sql`SELECT ${text(hostile)}, ${param(1, 'Int64')}, ${text(hostile)} FROM ${ident('t')}`,
    );
    expect(out).toBe('SELECT {p1:String}, {p2:Int64}, {p1:String} FROM `t`');
    expect(params).toEqual({ p1: hostile, p2: 1 });
  });

  it('refuses identifiers that are more than a name', () => {
    for (const name of ['', 'a b', 'a`', '1a', 'a;b', 'a.b', "a'", 'a)', 'é']) {
      expect(() => ident(name)).toThrow();
    }
  });

  it('writes only whole numbers into the text', () => {
    expect(render(sql`${integer(-3)}`).sql).toBe('(-3)');
    expect(() => integer(0.5)).toThrow();
    expect(() => integer(Number.NaN)).toThrow();
  });
});
