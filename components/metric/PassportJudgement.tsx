import { Lamp } from '@/components/metric/Lamp';
import styles from '@/components/metric/passport.module.css';
import type { Passport } from '@/server/services/screens/passport-types';

/** Which lamp by which rule since when, and how the figure stands against its target. Nothing where neither applies. */
export function PassportJudgement({ passport }: { passport: Passport }) {
  const { target, figure } = passport;
  const { lamp } = figure;
  if (!lamp && !target) return null;
  return (
    <section className={styles.section}>
      <h3>灯号与目标</h3>
      <dl className={styles.rows}>
        {lamp && (
          <>
            <div className={styles.row}>
              <dt>灯号</dt>
              <dd>
                {lamp.word} <Lamp lamp={lamp} />
              </dd>
            </div>
            <div className={styles.row}>
              <dt>{lamp.colour === 'unjudged' ? '原因' : '规则'}</dt>
              <dd>{lamp.rule}</dd>
            </div>
            {lamp.since !== '' && (
              <div className={styles.row}>
                <dt>何时起</dt>
                <dd>
                  {lamp.sinceFirst && '至少'}自 {lamp.since} 起;判至 {lamp.judged}
                </dd>
              </div>
            )}
          </>
        )}
        {target && (
          <div className={styles.row}>
            <dt>目标</dt>
            <dd>{target.sentence}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
