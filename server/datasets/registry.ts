import type { DatasetContract } from '@/metrics/model/dataset';
import { plannedDatasetTitle } from '@/metrics/model/planned-datasets';
import { AppError } from '@/server/errors';
import { airQualityHour } from './air-quality-hour';
import type { DatasetEntry } from './entry';
import { hotlineTicket } from './hotline-ticket';
import { infectiousCase } from './infectious-case';
import { marketEntityEvent } from './market-entity-event';
import { officialFigure } from './official-figure';
import { serviceCase } from './service-case';
import { superviseTaskEvent } from './supervise-task-event';
import { waterQualitySample } from './water-quality-sample';

const DATASETS: readonly DatasetEntry[] = [
  officialFigure,
  airQualityHour,
  hotlineTicket,
  marketEntityEvent,
  serviceCase,
  waterQualitySample,
  superviseTaskEvent,
  infectiousCase,
];

export function allDatasets(): readonly DatasetEntry[] {
  return DATASETS;
}

/** The contracts alone, for the expression language, validation and compilation. */
export function allContracts(): readonly DatasetContract[] {
  return DATASETS.map((entry) => entry.contract);
}

export function findDataset(name: string): DatasetEntry | undefined {
  return DATASETS.find((entry) => entry.contract.name === name);
}

/** A dataset by the name that people know it by, connected or not. */
export function datasetTitle(name: string): string {
  return findDataset(name)?.contract.title ?? plannedDatasetTitle(name);
}

/** @throws AppError `not_found` naming the datasets there are. */
export function getDataset(name: string): DatasetEntry {
  const found = findDataset(name);
  if (found) return found;
  const names = DATASETS.map((entry) => entry.contract.name).join('、');
  throw new AppError('not_found', `没有数据集“${name}”;现有 ${names}`, { place: 'dataset' });
}
