import { Component, type ReactNode } from "react";
import { CrashPage } from "./crash-page.tsx";

/** The last net: whatever breaks while drawing ends in a page that says so and offers a way on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <CrashPage error={this.state.error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
