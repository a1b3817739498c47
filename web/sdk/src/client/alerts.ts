import type { HttpClient } from "../http/http-client.ts";
import type {
  AlertReceiver,
  AlertReceiverRequest,
  AlertTestResult,
  CreatedAlertReceiver,
} from "../wire/alert-receivers.ts";
import type {
  AlertChange,
  AlertPreview,
  AlertPreviewRequest,
  AlertRule,
  AlertRuleRequest,
  AlertSilence,
  AlertSilenceRequest,
} from "../wire/alerts.ts";
import type { Page } from "../wire/rest.ts";
import type { PageSpec } from "./knowledge-address.ts";

/** Rules, and what became of them; for owners and administrators. */
export interface Alerts {
  rules(signal?: AbortSignal): Promise<Page<AlertRule>>;
  rule(id: string, signal?: AbortSignal): Promise<AlertRule>;
  createRule(rule: AlertRuleRequest): Promise<AlertRule>;
  /** Replaces it; of shipped rules and those of a file only thresholds, times and the like. */
  saveRule(id: string, rule: AlertRuleRequest): Promise<AlertRule>;
  /** Of shipped rules and those of a file: takes the changes back. */
  deleteRule(id: string): Promise<void>;
  /** What a rule would have done, in the last seven days unless told otherwise. */
  preview(request: AlertPreviewRequest, signal?: AbortSignal): Promise<AlertPreview>;
  /** Changes of state, newest first. */
  changes(ruleId?: string, page?: PageSpec, signal?: AbortSignal): Promise<Page<AlertChange>>;
  silences(signal?: AbortSignal): Promise<Page<AlertSilence>>;
  silence(silence: AlertSilenceRequest): Promise<AlertSilence>;
  endSilence(id: string): Promise<void>;
  receivers(signal?: AbortSignal): Promise<Page<AlertReceiver>>;
  createReceiver(receiver: AlertReceiverRequest): Promise<CreatedAlertReceiver>;
  saveReceiver(id: string, receiver: AlertReceiverRequest): Promise<AlertReceiver>;
  deleteReceiver(id: string): Promise<void>;
  /** Sends a test notification now. */
  testReceiver(id: string): Promise<AlertTestResult>;
}

const base = "/api/v1/admin/alerts";
const rulePath = (id: string) => `${base}/rules/${encodeURIComponent(id)}`;
const silencePath = (id: string) => `${base}/silences/${encodeURIComponent(id)}`;
const receiverPath = (id: string) => `${base}/receivers/${encodeURIComponent(id)}`;

/** Makes the alerts part of a client. */
export function createAlerts(http: HttpClient): Alerts {
  return { ...rulesPart(http), ...silencesPart(http), ...receiversPart(http) };
}

type RulesPart = Pick<Alerts, "rules" | "rule" | "createRule" | "saveRule" | "deleteRule" | "preview" | "changes">;

function rulesPart(http: HttpClient): RulesPart {
  return {
    rules: (signal) => http.json({ method: "GET", path: `${base}/rules`, signal }),
    rule: (id, signal) => http.json({ method: "GET", path: rulePath(id), signal }),
    createRule: (body) => http.json({ method: "POST", path: `${base}/rules`, body }),
    saveRule: (id, body) => http.json({ method: "PUT", path: rulePath(id), body }),
    deleteRule: async (id) => {
      await http.response({ method: "DELETE", path: rulePath(id) });
    },
    preview: (body, signal) => http.json({ method: "POST", path: `${base}/rules/preview`, body, signal }),
    changes: (ruleId, { cursor, limit } = {}, signal) =>
      http.json({ method: "GET", path: `${base}/changes`, query: { rule_id: ruleId, cursor, limit }, signal }),
  };
}

function silencesPart(http: HttpClient): Pick<Alerts, "silences" | "silence" | "endSilence"> {
  return {
    silences: (signal) => http.json({ method: "GET", path: `${base}/silences`, signal }),
    silence: (body) => http.json({ method: "POST", path: `${base}/silences`, body }),
    endSilence: async (id) => {
      await http.response({ method: "DELETE", path: silencePath(id) });
    },
  };
}

type ReceiversPart = Pick<Alerts, "receivers" | "createReceiver" | "saveReceiver" | "deleteReceiver" | "testReceiver">;

function receiversPart(http: HttpClient): ReceiversPart {
  return {
    receivers: (signal) => http.json({ method: "GET", path: `${base}/receivers`, signal }),
    createReceiver: (body) => http.json({ method: "POST", path: `${base}/receivers`, body }),
    saveReceiver: (id, body) => http.json({ method: "PUT", path: receiverPath(id), body }),
    deleteReceiver: async (id) => {
      await http.response({ method: "DELETE", path: receiverPath(id) });
    },
    testReceiver: (id) => http.json({ method: "POST", path: `${receiverPath(id)}/test` }),
  };
}
