import { describe, expect, it } from 'vitest';
import { resolveRegion } from './resolve';
import { allRegions, fullNameOf, regionsOfLevel } from './tree';

describe('resolveRegion', () => {
  it.each([
    ['140105', 140105],
    ['１４０１０５', 140105],
    [' 140105 ', 140105],
    ['140105000000', 140105],
    ['太原市小店区', 140105],
    ['山西省太原市小店区', 140105],
    ['太原小店', 140105],
    ['小店区', 140105],
    ['太原市', 140100],
    ['太原', 140100],
    ['山西', 140000],
    ['全省', 140000],
    ['全国', 100000],
    ['100000', 100000],
    ['阳泉市城区', 140302],
    ['晋城城区', 140502],
    ['大同', 140200],
    ['长治', 140400],
    ['祁县', 140727],
    ['太\u200b原　市', 140100],
  ])('reads %j', (text, code) => {
    expect(resolveRegion(text)).toEqual({ ok: true, code });
  });

  it.each([
    ['140227', 140215],
    ['140203', 140214],
    ['140421', 140404],
    ['140424', 140405],
    ['140402', 140403],
    ['140411', 140403],
    ['140481', 140406],
    ['140624', 140681],
    ['140726', 140703],
    ['太谷县', 140703],
    ['大同县', 140215],
    ['长治市城区', 140403],
    ['大同市矿区', 140214],
  ])('maps the abolished %s to its one successor and says so', (text, code) => {
    const result = resolveRegion(text);
    expect(result).toMatchObject({ ok: true, code });
    expect(result.ok && result.note).toMatch(/已撤销/);
  });

  it.each([
    ['140202', ['140213', '140214']],
    ['140211', ['140212', '140213', '140214']],
    ['南郊区', ['140212', '140213', '140214']],
    ['大同市城区', ['140213', '140214']],
  ])('refuses the divided %s and names every candidate', (text, candidates) => {
    const result = resolveRegion(text);
    expect(result.ok).toBe(false);
    for (const code of candidates) expect(!result.ok && result.error).toContain(code);
  });

  it.each([
    ['城区', ['140302', '140502', '140202', '140402']],
    ['矿区', ['140303', '140203']],
    ['郊区', ['140311', '140411']],
  ])('refuses the repeated name %s and names every candidate', (text, candidates) => {
    const result = resolveRegion(text);
    expect(result.ok).toBe(false);
    for (const code of candidates) expect(!result.ok && result.error).toContain(code);
    expect(!result.ok && result.proposal).toMatch(/市|代码/);
  });

  it.each([
    ['', '为空'],
    ['1401', '4 位'],
    ['140199', '不存在'],
    ['110105', '不存在'],
    ['140171', '统计用'],
    ['小电区', '不认识'],
    ['-1', '不认识'],
  ])('refuses %j with a reason and a proposal', (text, reason) => {
    const result = resolveRegion(text);
    expect(result.ok).toBe(false);
    expect(!result.ok && result.error).toContain(reason);
    expect(!result.ok && result.proposal).not.toBe('');
  });

  it('proposes the padded code for a four-digit one and the city for an unknown county of it', () => {
    expect(resolveRegion('1401')).toMatchObject({ proposal: '是否为140100 山西省太原市' });
    expect(resolveRegion('140199')).toMatchObject({ proposal: expect.stringContaining('140100') });
  });

  it('says when a township code was cut to its county', () => {
    expect(resolveRegion('140105002')).toMatchObject({
      ok: true,
      code: 140105,
      note: expect.stringContaining('县级'),
    });
  });

  it('reads the full name and the code of every current region back to itself', () => {
    for (const region of allRegions().filter((own) => own.validToMs === undefined)) {
      expect(resolveRegion(fullNameOf(region.code))).toEqual({ ok: true, code: region.code });
      expect(resolveRegion(String(region.code))).toEqual({ ok: true, code: region.code });
    }
  });

  it('finds each bare county name only at its own code', () => {
    for (const region of regionsOfLevel('county')) {
      const result = resolveRegion(region.name);
      if (result.ok) expect(result).toEqual({ ok: true, code: region.code });
      else expect(['城区', '矿区', '郊区']).toContain(region.name);
    }
  });
});
