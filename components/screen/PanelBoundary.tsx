'use client';

import { Component, type ErrorInfo, type ReactNode } from 'react';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelPlace } from '@/components/screen/panel-props';

interface Props {
  place: PanelPlace;
  /** New data give a failed panel another try. */
  resetKey: unknown;
  children: ReactNode;
}

/** A panel that fails to draw shows its error in its own place. */
export class PanelBoundary extends Component<Props, { failedOn: unknown; failed: boolean }> {
  override state = { failed: false, failedOn: undefined as unknown };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(`panel ${this.props.place.id}`, error, info.componentStack);
    this.setState({ failedOn: this.props.resetKey });
  }

  override componentDidUpdate(): void {
    const { failed, failedOn } = this.state;
    if (failed && failedOn !== undefined && failedOn !== this.props.resetKey)
      this.setState({ failed: false, failedOn: undefined });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <PanelFrame {...this.props.place} error="面板显示出错,其他面板不受影响" />;
  }
}
