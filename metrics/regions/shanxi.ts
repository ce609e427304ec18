/**
 * Administrative divisions of Shanxi by GB/T 2260 as of the end of 2019 (unchanged since), and the codes abolished in
 * 2018–2019. Development zones with statistical pseudo-codes (1401 71 …) are not GB/T 2260 units and are listed apart.
 */

export const PROVINCE = { code: 140000, name: '山西省', shortName: '山西' } as const;

export const CITY_NAMES: Readonly<Record<number, string>> = {
  140100: '太原市',
  140200: '大同市',
  140300: '阳泉市',
  140400: '长治市',
  140500: '晋城市',
  140600: '朔州市',
  140700: '晋中市',
  140800: '运城市',
  140900: '忻州市',
  141000: '临汾市',
  141100: '吕梁市',
};

/** By city: the last two digits of the county code followed by its name. */
export const COUNTIES_BY_CITY: Readonly<Record<number, string>> = {
  140100: '05小店区 06迎泽区 07杏花岭区 08尖草坪区 09万柏林区 10晋源区 21清徐县 22阳曲县 23娄烦县 81古交市',
  140200: '12新荣区 13平城区 14云冈区 15云州区 21阳高县 22天镇县 23广灵县 24灵丘县 25浑源县 26左云县',
  140300: '02城区 03矿区 11郊区 21平定县 22盂县',
  140400:
    '03潞州区 04上党区 05屯留区 06潞城区 23襄垣县 25平顺县 26黎城县 27壶关县 28长子县 29武乡县 30沁县 31沁源县',
  140500: '02城区 21沁水县 22阳城县 24陵川县 25泽州县 81高平市',
  140600: '02朔城区 03平鲁区 21山阴县 22应县 23右玉县 81怀仁市',
  140700: '02榆次区 03太谷区 21榆社县 22左权县 23和顺县 24昔阳县 25寿阳县 27祁县 28平遥县 29灵石县 81介休市',
  140800:
    '02盐湖区 21临猗县 22万荣县 23闻喜县 24稷山县 25新绛县 26绛县 27垣曲县 28夏县 29平陆县 30芮城县 81永济市 82河津市',
  140900:
    '02忻府区 21定襄县 22五台县 23代县 24繁峙县 25宁武县 26静乐县 27神池县 28五寨县 29岢岚县 30河曲县 31保德县 32偏关县 81原平市',
  141000:
    '02尧都区 21曲沃县 22翼城县 23襄汾县 24洪洞县 25古县 26安泽县 27浮山县 28吉县 29乡宁县 30大宁县 31隰县 32永和县 33蒲县 34汾西县 81侯马市 82霍州市',
  141100:
    '02离石区 21文水县 22交城县 23兴县 24临县 25柳林县 26石楼县 27岚县 28方山县 29中阳县 30交口县 81孝义市 82汾阳市',
};

/** One approved change: codes that ended, codes that began, on one day. */
export interface DivisionChange {
  /** Asia/Shanghai date. Approval and coming into being lie months apart; `basis` says which one this is. */
  date: string;
  basis: string;
  abolished: readonly { code: number; name: string; successors: readonly number[] }[];
  established: readonly number[];
}

/**
 * Areas that only grew (新荣区 got 古店镇 of 南郊区) keep their code and are no `established` entry.
 * 大同市城区 went to 平城区 but for two subdistricts (西花园, 老平旺) that went to 云冈区: two successors.
 */
export const DIVISION_CHANGES: readonly DivisionChange[] = [
  {
    date: '2018-02-09',
    basis: '国务院批复大同市部分行政区划调整(2018-02-09)',
    abolished: [
      { code: 140202, name: '城区', successors: [140213, 140214] },
      { code: 140203, name: '矿区', successors: [140214] },
      { code: 140211, name: '南郊区', successors: [140213, 140214, 140212] },
      { code: 140227, name: '大同县', successors: [140215] },
    ],
    established: [140213, 140214, 140215],
  },
  {
    date: '2018-08-08',
    basis: '怀仁市成立(2018-08-08),经国务院批准撤县设市',
    abolished: [{ code: 140624, name: '怀仁县', successors: [140681] }],
    established: [140681],
  },
  {
    date: '2018-11-23',
    basis: '长治市新四区挂牌(2018-11-23),经国务院批准、省政府批复',
    abolished: [
      { code: 140402, name: '城区', successors: [140403] },
      { code: 140411, name: '郊区', successors: [140403] },
      { code: 140421, name: '长治县', successors: [140404] },
      { code: 140424, name: '屯留县', successors: [140405] },
      { code: 140481, name: '潞城市', successors: [140406] },
    ],
    established: [140403, 140404, 140405, 140406],
  },
  {
    date: '2019-12-09',
    basis: '山西省人民政府公布国务院批复(2019-12-09)',
    abolished: [{ code: 140726, name: '太谷县', successors: [140703] }],
    established: [140703],
  },
];

/** Codes of the statistical system for zones that lie across counties; no GB/T 2260 unit stands behind them. */
export const STATISTICAL_ZONES: Readonly<Record<number, string>> = {
  140171: '山西转型综合改革示范区',
  140271: '山西大同经济开发区',
  140671: '山西朔州经济开发区',
  140971: '五台山风景名胜区',
};
