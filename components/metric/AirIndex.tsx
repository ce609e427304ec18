'use client';

import styles from '@/components/metric/passport.module.css';
import type { CellKey } from '@/metrics/model/cell';
import type { AirItem, AirIndex as Index } from '@/server/services/screens/passport-types';

/** Concentration, breakpoints and sub-index of each pollutant: the AQI can be computed again with pen and paper. */
export function AirIndex({ index, onOpen }: { index: Index; onOpen(cell: CellKey): void }) {
  return (
    <section className={styles.section}>
      <h3>分指数与首要污染物</h3>
      <p>
        首要污染物:{primaryText(index)}。按 {index.standard} 由下列浓度得 AQI {index.aqi ?? '—'}
        {index.grade && `(${index.grade})`}:先把浓度按四舍六入五成双取整(CO
        取一位小数),再在所在浓度段内线性插值,分指数向上进位取整,最大的分指数就是 AQI。
      </p>
      {!index.agrees && (
        <p className={styles.attention}>
          与本格数值不一致:浓度在此后有修订,或来源另行公布了 AQI,以本格数值为准。
        </p>
      )}
      <table className={styles.vintages}>
        <thead>
          <tr>
            <th scope="col">污染物</th>
            <th scope="col">浓度</th>
            <th scope="col">浓度段 → 分指数段</th>
            <th scope="col">分指数 IAQI</th>
          </tr>
        </thead>
        <tbody>
          {index.items.map((item) => (
            <tr key={item.pollutant} aria-current={item.primary ? 'true' : undefined}>
              <td>
                {item.pollutant}
                <br />
                <small>{item.averaging}</small>
              </td>
              <td className={styles.digits}>
                <Concentration item={item} onOpen={onOpen} />
              </td>
              <td className={styles.digits}>{bandText(item)}</td>
              <td className={styles.digits}>
                {item.iaqi ?? '—'} {item.primary && <strong>首要</strong>}
                {!item.primary && item.exceeding && '超标'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Concentration({ item, onOpen }: { item: AirItem; onOpen(cell: CellKey): void }) {
  const { cell, text, unit, note, band } = item;
  return (
    <>
      {cell ? (
        <button type="button" className={styles.operand} onClick={() => onOpen(cell)}>
          {text}
        </button>
      ) : (
        text
      )}{' '}
      {item.iaqi !== null && unit}
      {band && band.rounded !== text && `(取 ${band.rounded})`}
      {note && (
        <>
          <br />
          <small>{note}</small>
        </>
      )}
    </>
  );
}

function bandText({ band, iaqi }: AirItem): string {
  if (band) return `${band.concentration.join('–')} → ${band.index.join('–')}`;
  return iaqi === null ? '—' : '超过最高浓度限值,取其分指数';
}

function primaryText({ aqi, primary }: Index): string {
  if (primary.length > 0) return primary.join('、');
  return aqi === null ? '缺项,不评价' : '无(AQI 不超过 50)';
}
