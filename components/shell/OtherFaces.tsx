import { otherFaces } from './nav';

interface Props {
  shown: 'wall' | 'desk' | 'console';
  capabilities: readonly string[];
  className?: string | undefined;
}

/** The way to the other faces of the cockpit. Plain links: the wall scales the whole document, so leave by a full load. */
export function OtherFaces({ shown, capabilities, className }: Props) {
  const faces = otherFaces(shown, capabilities);
  if (faces.length === 0) return null;
  return (
    <nav className={className} aria-label="其他界面">
      {faces.map(({ href, title }) => (
        <a key={href} href={href}>
          {title}
        </a>
      ))}
    </nav>
  );
}
