/** Name of who did something; the system's own names are English in the records. */
export function actorZh(name: string): string {
  if (name === 'first start') return '首次启动';
  if (name === 'shipped catalogue') return '随产品发布';
  const [, who] = /^command line(?: \((.+)\))?$/.exec(name) ?? [];
  if (who !== undefined) return `命令行(${who})`;
  return name === 'command line' ? '命令行' : name;
}
