/**
 * Whether a metric has data, in the one set of words that every list says it in: `present`, there is a value somewhere
 * in the reader's scope; `awaiting`, it could have some and none has arrived; `not_computable`, its data are not
 * connected or its definition cannot be computed yet.
 */
export const DATA_STATES = ['present', 'awaiting', 'not_computable'] as const;
export type DataState = (typeof DATA_STATES)[number];

export const DATA_STATE_ZH: Readonly<Record<DataState, string>> = {
  present: '有数',
  awaiting: '待数',
  not_computable: '尚不可算',
};
