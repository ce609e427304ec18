import { DOMAIN_TITLES, DOMAINS, type Domain } from '@/metrics/model/definition-vocabulary';
import { definitionsToYaml } from '@/metrics/model/definition-yaml';
import { domainMarkdown } from '@/server/services/reference/markdown';
import type { Reference } from '@/server/services/reference/select';

export const REFERENCE_FORMATS = ['markdown', 'yaml', 'json'] as const;
export type ReferenceFormat = (typeof REFERENCE_FORMATS)[number];

const EXTENSION: Readonly<Record<ReferenceFormat, string>> = { markdown: 'md', yaml: 'yaml', json: 'json' };

export interface ReferenceFile {
  name: string;
  text: string;
}

/** The whole reference as one text. YAML reads back to the same definitions, JSON has lineage beside them. */
export function referenceText(reference: Reference, format: ReferenceFormat): string {
  if (format === 'yaml') return yamlOf(reference);
  if (format === 'json') return `${JSON.stringify(jsonOf(reference), null, 2)}\n`;
  const domains = domainsOf(reference);
  const contents = domains.map((domain) => `- ${DOMAIN_TITLES[domain]} ${countOf(reference, domain)}`);
  const sections = domains.map((domain) => domainMarkdown(reference, domain, (code) => `#${code}`));
  return `${heading(reference)}\n${contents.join('\n')}\n\n${sections.join('\n')}`;
}

/** A file a domain, named after it; Markdown with a page of contents. */
export function referenceFiles(reference: Reference, format: ReferenceFormat): ReferenceFile[] {
  const extension = EXTENSION[format];
  const domains = domainsOf(reference);
  const files = domains.map((domain) => ({
    name: `${domain}.${extension}`,
    text:
      format === 'markdown'
        ? domainMarkdown(reference, domain, (code, of) => (of === domain ? `#${code}` : `${of}.md#${code}`))
        : referenceText(
            {
              ...reference,
              entries: reference.entries.filter(({ definition }) => definition.domain === domain),
            },
            format,
          ),
  }));
  if (format !== 'markdown') return files;
  const contents = domains.map(
    (domain) => `- [${DOMAIN_TITLES[domain]}](${domain}.md) ${countOf(reference, domain)}`,
  );
  return [{ name: 'README.md', text: `${heading(reference)}\n${contents.join('\n')}\n` }, ...files];
}

function heading({ entries }: Reference): string {
  return `# 指标目录\n\n${entries.length} 个指标。\n`;
}

function domainsOf({ entries }: Reference): Domain[] {
  const present = new Set(entries.map(({ definition }) => definition.domain));
  return DOMAINS.filter((domain) => present.has(domain));
}

function countOf({ entries }: Reference, domain: Domain): number {
  return entries.filter(({ definition }) => definition.domain === domain).length;
}

/** Version and hash are comments: they are no part of what is hashed. */
function yamlOf({ entries }: Reference): string {
  return entries
    .map(
      ({ definition, version, hash }) =>
        `# version ${version}, sha256 ${hash}\n${definitionsToYaml([definition])}`,
    )
    .join('\n');
}

function jsonOf({ entries, lineage, computability }: Reference): object[] {
  return entries.map(({ definition, version, hash }) => ({
    code: definition.code,
    version,
    hash,
    computability: computability(definition.code),
    lineage: {
      dataset: lineage.datasetOf(definition.code),
      madeOf: lineage.madeOf(definition.code),
      usedBy: lineage.usedBy(definition.code),
      origins: lineage.origins(definition.code),
      affects: lineage.affectedBy(definition.code),
    },
    definition,
  }));
}
