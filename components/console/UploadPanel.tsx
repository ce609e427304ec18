'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Upload } from 'antd';
import Link from 'next/link';
import { useState } from 'react';
import css from './console.module.css';
import { bytesZh } from './format';
import { LoadOutcome } from './LoadOutcome';
import { placeZh } from './place';
import { UploadError, uploadFile } from './upload';

interface Props {
  dataset: string;
  /** Load whose rejected rows the file mends; it is then read with that load's mapping. */
  mendsLoadId?: string;
}

const FILES = '.csv,.txt,.json,.ndjson,.jsonl,.gz';

/** A file, for headers of other systems with a mapping file; afterwards what became of every row. */
export function UploadPanel({ dataset, mendsLoadId }: Props) {
  const [file, setFile] = useState<File>();
  const [mapping, setMapping] = useState<File>();
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: (chosen: File) => uploadFile({ dataset, file: chosen, mapping, mendsLoadId }),
    onSuccess: () => setFile(undefined),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <div className={css.upload}>
      <Upload.Dragger
        accept={FILES}
        maxCount={1}
        fileList={[]}
        showUploadList={false}
        beforeUpload={(chosen) => {
          setFile(chosen);
          send.reset();
          return false;
        }}
      >
        <p className={css.dropTitle}>
          {file ? `${file.name}(${bytesZh(file.size)})` : '把文件拖到这里,或点击选择'}
        </p>
        <p className={css.soft}>CSV 或 NDJSON,可以 gzip 压缩;UTF-8(含 BOM)、UTF-16、GB18030 自动识别</p>
      </Upload.Dragger>
      <div className={css.actions}>
        {mendsLoadId ? null : (
          <Upload
            accept=".yaml,.yml,.json"
            maxCount={1}
            showUploadList={false}
            beforeUpload={(chosen) => {
              setMapping(chosen);
              return false;
            }}
          >
            <Button>{mapping ? `列映射:${mapping.name}` : '选择列映射(可选)'}</Button>
          </Upload>
        )}
        {mapping ? <Button onClick={() => setMapping(undefined)}>不用映射</Button> : null}
        <Button
          type="primary"
          disabled={!file}
          loading={send.isPending}
          onClick={() => file && send.mutate(file)}
        >
          {mendsLoadId ? '重传' : '上传'}
        </Button>
      </div>
      <div aria-live="polite">
        {send.error ? <Failure error={send.error} /> : null}
        {send.data ? <LoadOutcome result={send.data} /> : null}
      </div>
    </div>
  );
}

function Failure({ error }: { error: Error }) {
  const { place, loadId } = error instanceof UploadError ? error : { place: null, loadId: null };
  return (
    <Alert
      type="error"
      showIcon
      title={error.message}
      description={
        <>
          {place ? <div>位置:{placeZh(place)}</div> : null}
          {loadId ? <Link href={`/console/loads/${loadId}`}>查看这次装载</Link> : null}
        </>
      }
    />
  );
}
