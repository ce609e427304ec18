import { describe, expect, it } from 'vitest';
import { citationZh, unverifiedReason } from './unverified';

describe('待核', () => {
  it('is what was recalled, however sure its writer was, and what is of a doubtful source', () => {
    const reason = (source: string, ...flags: string[]) => unverifiedReason({ source, flags });
    expect(reason('from memory')).toBe('凭记忆录入,未核到出处');
    expect(reason('from memory', 'confidence_low')).toBe('凭记忆录入,未核到出处,出处可信度低');
    expect(reason('某转载', 'confidence_medium')).toBe('出处可信度中');
    // What is made of a recalled figure inherits its flag, not its source.
    expect(reason('derived', 'recalled')).toBe('凭记忆录入,未核到出处');
    expect(reason('省统计局公报', 'vintage_assumed', 'demo')).toBeNull();
  });

  it('is what is made of several figures where one of them is, each reason once', () => {
    const checked = { source: '省统计局公报', flags: [] };
    const recalled = { source: 'from memory', flags: ['recalled'] };
    const doubtful = { source: '某转载', flags: ['recalled', 'confidence_low'] };
    expect(unverifiedReason(checked, recalled, undefined, doubtful)).toBe(
      '凭记忆录入,未核到出处,出处可信度低',
    );
    expect(unverifiedReason(checked, undefined)).toBeNull();
  });

  it('is said instead of a citation, and only there', () => {
    expect(citationZh('from memory')).toBe('凭记忆录入,未核到出处');
    expect(citationZh('省统计局公报 https://example.org')).toBe('省统计局公报 https://example.org');
  });
});
