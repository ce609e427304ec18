import styles from '@/components/screen/panels/map.module.css';
import type { RegionCode } from '@/metrics/model/cell';
import type { RegionRef } from '@/server/services/screens/types';

interface Props {
  path: readonly RegionRef[];
  onDrill: (code: RegionCode) => void;
}

/** Where the drill stands and the ways back up: the same beside the map and beside its table. */
export function MapPath({ path, onDrill }: Props) {
  const up = path.at(-2);
  if (!up) return null;
  return (
    <nav className={styles.path} aria-label="地区层级">
      {path.map((step, index) =>
        index === path.length - 1 ? (
          <span key={step.code} aria-current="location">
            {step.name}
          </span>
        ) : (
          <button key={step.code} type="button" onClick={() => onDrill(step.code)}>
            {nameOf(step)}
          </button>
        ),
      )}
      <button type="button" onClick={() => onDrill(up.code)}>
        返回{nameOf(up)}(Esc)
      </button>
    </nav>
  );
}

function nameOf({ level, name }: RegionRef): string {
  return level === 'province' ? '全省' : name;
}
