import { describe, expect, it } from 'vitest';
import { withLiterals } from './literals';

describe('parameters as literals', () => {
  it('leaves no way out of a text', () => {
    expect(withLiterals('SELECT {x:String}', { x: "a\\' OR 1=1; --\0" })).toBe(
      "SELECT 'a\\\\\\' OR 1=1; --\\0'",
    );
    expect(withLiterals('SELECT {x:Array(String)}', { x: ["']", 'b'] })).toBe(
      "SELECT CAST(['\\']', 'b'] AS Array(String))",
    );
  });

  it('takes a placeholder inside a value as text', () => {
    expect(withLiterals('SELECT {a:String}, {b:Int64}', { a: '{b:Int64}', b: 1 })).toBe(
      "SELECT '{b:Int64}', CAST('1' AS Int64)",
    );
  });

  it('gives back what is no value of the type, for the engine to refuse', () => {
    for (const [type, value] of [
      ['Int64', "1' OR '1'='1"],
      ['Int64', 1.5],
      ['UInt32', 'x'],
      ['Decimal(38, 10)', '1; DROP TABLE t'],
      ['Float64', Number.NaN],
      ['Identifier', 'a` b'],
      ['Array(Int64)', 5],
      ['Array(Int64)', [1, null]],
      ['String', null],
      ['Tuple(String)', 'x'],
    ] as const)
      expect(withLiterals(`SELECT {x:${type}}`, { x: value as never })).toBeNull();
    expect(withLiterals('SELECT {missing:String}', {})).toBeNull();
    expect(withLiterals('SELECT {toString:String}', {})).toBeNull();
  });

  it('leaves a statement alone that would be too long to be read', () => {
    expect(withLiterals('SELECT {x:String}', { x: '字'.repeat(100_000) })).toBeNull();
  });
});
