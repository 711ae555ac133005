import {
  type DashboardMessage,
  dashboardMessage,
  type DashboardRequest,
  type DashboardState,
  dashboardState,
} from '#schemas/protocol/dashboard.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What the page has of the editor. */
export interface EditorApi {
  send(request: DashboardRequest): void;
  /** What the page was left with when it was last seen; undefined for a new one. */
  readonly state: DashboardState | undefined;
  keep(state: DashboardState): void;
}

/** Connects the page; messages that nobody understands are passed over. */
export function connectEditor(onMessage: (message: DashboardMessage) => void): EditorApi {
  const api = acquireVsCodeApi();
  window.addEventListener('message', ({ data }) => {
    const { data: message } = dashboardMessage.safeParse(data);
    if (message) onMessage(message);
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's own function, which has none
    send: (request) => api.postMessage(request),
    state: dashboardState.safeParse(api.getState()).data,
    keep: (state) => api.setState(state),
  };
}
