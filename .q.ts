import { readShippedCatalogue } from '@/server/catalogue/read';
for (const d of readShippedCatalogue()) if (d.kind==='reported' && !['sum','published_only','none'].includes(d.rollup)) console.log(d.code, d.unit, d.rollup, JSON.stringify(d.rollup_weight), d.freq, d.period_rule);
