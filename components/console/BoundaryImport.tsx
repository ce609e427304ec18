'use client';

import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input, Radio, Upload } from 'antd';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import { BoundaryFindings } from './BoundaryFindings';
import css from './boundaries.module.css';
import { Field } from './Field';
import { problemOf } from './problem';
import { useAct } from './use-act';

type Crs = 'wgs84' | 'gcj02';

const EMPTY = { name: '', sourceLine: '', approvalNumber: '', activate: true };

/** Check first, then store: nothing reaches a map before its findings and its picture have been seen. */
export function BoundaryImport() {
  const trpc = useTRPC();
  const [files, setFiles] = useState<File[]>([]);
  const [crs, setCrs] = useState<Crs>();
  const [given, setGiven] = useState(EMPTY);
  const check = useMutation(trpc.boundaries.check.mutationOptions());
  const save = useAct(trpc.boundaries.save.mutationOptions(), '边界已导入', { shown: false });
  const field = (name: 'name' | 'sourceLine' | 'approvalNumber', label: string, hint: string) => (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          value={given[name]}
          placeholder={hint}
          onChange={(event) => {
            setGiven({ ...given, [name]: event.target.value });
            if (name !== 'name') check.reset();
          }}
        />
      )}
    </Field>
  );
  const input = async (datum: Crs) => ({
    files: await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))),
    crs: datum,
    sourceLine: given.sourceLine,
    approvalNumber: given.approvalNumber.trim() || null,
  });
  const runCheck = async () => {
    if (!crs) return;
    save.reset();
    check.mutate(await input(crs));
  };
  const runSave = async () => {
    if (!crs) return;
    save.mutate(
      { ...(await input(crs)), name: given.name, activate: given.activate },
      {
        onSuccess: () => {
          setFiles([]);
          setGiven(EMPTY);
          check.reset();
        },
      },
    );
  };
  const failure = check.error ?? save.error;
  const missing = missingOf(files.length, crs);
  return (
    <div className={css.form}>
      <Upload.Dragger
        multiple
        accept=".geojson,.json"
        showUploadList={false}
        fileList={[]}
        beforeUpload={(_, chosen) => {
          setFiles(chosen);
          check.reset();
          return false;
        }}
      >
        <p>
          {files.length > 0 ? files.map(({ name }) => name).join('、') : '把 GeoJSON 文件拖到这里,或点击选择'}
        </p>
        <p>县级要素集,要素带 adcode 或 code 属性;可以一市一个文件,一起选择</p>
      </Upload.Dragger>
      <fieldset>
        <legend>坐标系(必选,数值本身看不出来)</legend>
        <Radio.Group
          value={crs}
          onChange={(event) => {
            setCrs(event.target.value as Crs);
            check.reset();
          }}
          options={[
            { value: 'wgs84', label: 'WGS84 / CGCS2000' },
            { value: 'gcj02', label: 'GCJ-02(高德、腾讯、DataV)' },
          ]}
        />
      </fieldset>
      <div className={css.fields}>
        {field('sourceLine', '来源说明(必填,显示在地图上)', '例:山西省测绘地理信息院 2026 年版')}
        {field('approvalNumber', '审图号', '例:晋S(2024)012号')}
      </div>
      <div className={css.buttons}>
        <Button disabled={missing !== null} loading={check.isPending} onClick={() => void runCheck()}>
          检查并预览
        </Button>
        {missing ? <span>{missing}</span> : null}
      </div>
      <div aria-live="polite">
        {failure ? <Alert type="error" showIcon title={problemOf(failure).message} /> : null}
        {check.data ? <BoundaryFindings checked={check.data} /> : null}
      </div>
      {check.data?.ok ? (
        <>
          <div className={css.fields}>{field('name', '这套边界的名称(必填)', '例:测绘院 2026')}</div>
          <Checkbox
            checked={given.activate}
            onChange={(event) => setGiven({ ...given, activate: event.target.checked })}
          >
            导入后立即用于全部地图
          </Checkbox>
          <div className={css.buttons}>
            <Button
              type="primary"
              disabled={given.name.trim() === ''}
              loading={save.isPending}
              onClick={() => void runSave()}
            >
              导入
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}

function missingOf(files: number, crs: Crs | undefined): string | null {
  if (files === 0) return '先选择文件';
  return crs ? null : '先选择坐标系';
}
