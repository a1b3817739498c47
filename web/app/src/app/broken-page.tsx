import { Component, type ReactNode } from "react";
import { ErrorPage } from "./error-page.tsx";

/** The last net: whatever breaks outside the router still ends on a page that says so and offers a reload. */
export class BrokenPage extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? <ErrorPage /> : this.props.children;
  }
}
