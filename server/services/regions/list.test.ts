import { describe, expect, it } from 'vitest';
import { regionRange } from '@/metrics/model/region';
import { actorOf } from '@/tests/support/actors';
import { listRegions } from './list';

const codes = (scope: number[], input: Parameters<typeof listRegions>[1] = {}) =>
  listRegions({ actor: actorOf('leader', { regions: scope }) }, input).map(({ code }) => code);

describe('listing regions', () => {
  it('gives somebody of one city that city and its counties, and nothing else however it is asked for', () => {
    const [low, high] = regionRange(140100);
    const own = codes([140100]);
    expect(own).toContain(140105);
    expect(own.filter((code) => code < low || code > high)).toEqual([]);
    expect(codes([140100], { level: 'province' })).toEqual([]);
    expect(codes([140100], { parent: 140200, state: 'all' })).toEqual([]);
  });

  it('gives nothing to somebody without regions', () => {
    expect(codes([])).toEqual([]);
    // Of the province: 11 cities.
    expect(codes([140000], { level: 'city' })).toHaveLength(11);
  });
});
