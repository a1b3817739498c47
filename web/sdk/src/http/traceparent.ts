/**
 * The trace context of a request (W3C Trace Context, version 00), made of its correlation id: whoever has the support code has the trace's id too, which is
 * the same without dashes, and a repeated request goes on with its trace. Null for what is no UUID.
 */
export function traceparentOf(correlationId: string): string | null {
  const digits = correlationId.replaceAll("-", "").toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits) ? `00-${digits}-${digits.slice(16)}-01` : null;
}
