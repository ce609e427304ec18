import type { ErrorCode } from 'yaml';

/** The parser's errors as whoever wrote the file can mend them. */
const WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: '别名不能带锚点或标签',
  BAD_ALIAS: '“*”后面缺少名称;以“*”开头的文本要加引号',
  BAD_COLLECTION_TYPE: '标签与内容的类型不符',
  BAD_DIRECTIVE: '以“%”开头的指令不认识;以“%”开头的文本要加引号',
  BAD_DQ_ESCAPE: '双引号内的转义不认识;反斜杠要写成“\\\\”,或改用单引号',
  BAD_INDENT: '缩进有误:同一层的各行要左对齐,括号内的各行要多缩进一层,括号要成对',
  BAD_PROP_ORDER: '锚点、标签的位置有误',
  BAD_SCALAR_START: '文本不能以“@”或“`”开头,要加引号',
  BLOCK_AS_IMPLICIT_KEY: '一行中有两个“: ”;含“: ”的文本要加引号,列表项的“-”后要有空格',
  BLOCK_IN_FLOW: '括号内不能用“|”“>”或缩进的写法',
  DUPLICATE_KEY: '同一成员写了两次',
  KEY_OVER_1024_CHARS: '成员名太长',
  MISSING_CHAR: '缺少引号、逗号、冒号或右括号',
  MULTILINE_IMPLICIT_KEY: '这一行不是“成员: 值”,可能缺少冒号,或上一行的文本要加引号',
  MULTIPLE_ANCHORS: '一个值上有两个锚点',
  MULTIPLE_DOCS: '一份文件只能有一段内容,不能用“---”分段',
  MULTIPLE_TAGS: '一个值上有两个标签',
  NON_STRING_KEY: '成员名要是文本',
  RESOURCE_EXHAUSTION: '嵌套太深',
  TAB_AS_INDENT: '缩进要用空格,不能用制表符',
  TAG_RESOLVE_FAILED: '标签不认识;以“!”开头的文本要加引号',
  UNEXPECTED_TOKEN: '这里不应有这些字符',
};

/** `before`: what stands on the line before the place of the error. */
export function yamlErrorZh({ code, message }: { code: ErrorCode; message: string }, before: string): string {
  const isAfterTab = code === 'UNEXPECTED_TOKEN' && /^\s*\t$/.test(before);
  // A code that a later release of the parser knows is said in its own words.
  return WORDS[isAfterTab ? 'TAB_AS_INDENT' : code] ?? message;
}
