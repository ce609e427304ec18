const SHOWN = 3;
const LIMIT_CHARS = 160;

const ENUMERATION = /^(缺少列|不认识的表头) (“.*)$/s;
const UNSHOWN = / 等 (\d+) 个/;

/**
 * Why something failed, short enough for a list: of many column names the first few and how many there are. The whole is
 * on the page of the load.
 */
export function briefly(reason: string): string {
  const text = reason
    .split(/;(?=缺少列|不认识的表头|文件的表头是)/)
    // The names that matter are among those before it.
    .filter((part, at) => at === 0 || !part.startsWith('文件的表头是'))
    .map(shortened)
    .join(';');
  return text.length > LIMIT_CHARS ? `${text.slice(0, LIMIT_CHARS)}…` : text;
}

function shortened(part: string): string {
  const [, lead, list] = ENUMERATION.exec(part) ?? [];
  if (lead === undefined || list === undefined) return part;
  const names = list.split(/、(?=“)/);
  if (names.length <= SHOWN) return part;
  const count = UNSHOWN.exec(list)?.[1] ?? names.length;
  return `${lead} ${names.slice(0, SHOWN).map(plain).join('、')} 等 ${count} 列`;
}

/** Without what it is probably meant to be: that is for whoever mends the file. */
function plain(name: string): string {
  return name.replace(/\(是否为“.*”\)$/s, '');
}
