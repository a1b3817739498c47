namespace Evenkeel.Contracts.Errors;

/// <summary>The stable error codes of the wire contract. Their meaning, status and texts stand in <see cref="ErrorCatalogue"/>.</summary>
public static class ErrorCode
{
    public const string AuthRequired = "auth_required";
    public const string AuthFailed = "auth_failed";
    public const string TokenExpired = "token_expired";
    public const string TokenInvalid = "token_invalid";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not_found";
    public const string InvalidRequest = "invalid_request";
    public const string Conflict = "conflict";
    public const string SearchHandleExpired = "search_handle_expired";
    public const string ContentBlocked = "content_blocked";
    public const string InsufficientCredits = "insufficient_credits";
    public const string RateLimited = "rate_limited";
    public const string QueueFull = "queue_full";
    public const string CircuitOpen = "circuit_open";
    public const string LlmUnavailable = "llm_unavailable";
    public const string LlmTimeout = "llm_timeout";
    public const string RagError = "rag_error";
    public const string LocationError = "location_error";
    public const string WorkerLost = "worker_lost";
    public const string Cancelled = "cancelled";
    public const string ServerError = "server_error";
}
