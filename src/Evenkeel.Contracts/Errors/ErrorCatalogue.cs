using System.Collections.Frozen;

namespace Evenkeel.Contracts.Errors;

/// <summary>What a client may do about an error.</summary>
public enum RetryAdvice
{
    /// <summary>Trying the same again cannot help.</summary>
    No,

    /// <summary>The same request may be sent again now.</summary>
    Yes,

    /// <summary>The same request may be sent again after <c>retry_after_s</c>.</summary>
    Wait,

    /// <summary>Refresh the access token, then send the same request again.</summary>
    AfterRefresh,

    /// <summary>The person has to sign in again.</summary>
    SignIn,
}

/// <summary>One row of the error table.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">HTTP status; 0 where the code never stands in an HTTP response.</param>
/// <param name="Retry">What the client may do.</param>
/// <param name="Severity"><c>critical</c>, <c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="English">What happened and what to do, for a person.</param>
/// <param name="Chinese">The same in Chinese.</param>
public sealed record ErrorDefinition(string Code, int Status, RetryAdvice Retry, string Severity, string English, string Chinese)
{
    /// <summary>Whether sending the same again, now or later, can succeed.</summary>
    public bool Retryable => Retry is RetryAdvice.Yes or RetryAdvice.Wait or RetryAdvice.AfterRefresh;

    /// <summary>The text for a person in <paramref name="language"/> (<c>zh</c>, otherwise English).</summary>
    public string Text(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;
}

/// <summary>The one catalogue of errors: HTTP responses, socket frames, streams and documents read it.</summary>
public static class ErrorCatalogue
{
    /// <summary>All rows, in the order of the documentation.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        new(ErrorCode.AuthRequired, 401, RetryAdvice.SignIn, "info",
            "Please sign in to continue.", "请先登录。"),
        new(ErrorCode.AuthFailed, 401, RetryAdvice.No, "info",
            "The e-mail address or the password is not right.", "邮箱或密码不正确。"),
        new(ErrorCode.TokenExpired, 401, RetryAdvice.AfterRefresh, "info",
            "Your session needs to be renewed.", "会话需要更新。"),
        new(ErrorCode.TokenInvalid, 401, RetryAdvice.SignIn, "warning",
            "Your session is no longer valid. Please sign in again.", "会话已失效，请重新登录。"),
        new(ErrorCode.Forbidden, 403, RetryAdvice.No, "warning",
            "You are not allowed to do this.", "你没有权限执行此操作。"),
        new(ErrorCode.NotFound, 404, RetryAdvice.No, "info",
            "This does not exist, or is not yours.", "内容不存在，或不属于你。"),
        new(ErrorCode.InvalidRequest, 400, RetryAdvice.No, "info",
            "Something in the request is not right. Please check the fields named.", "请求内容有误，请检查标出的字段。"),
        new(ErrorCode.Conflict, 409, RetryAdvice.No, "info",
            "This clashes with something that exists already.", "与已有内容冲突。"),
        new(ErrorCode.SearchHandleExpired, 410, RetryAdvice.No, "info",
            "These search results have expired. Please search again.", "搜索结果已过期，请重新搜索。"),
        new(ErrorCode.ContentBlocked, 422, RetryAdvice.No, "warning",
            "This message cannot be answered here.", "无法在此回答这条消息。"),
        new(ErrorCode.InsufficientCredits, 402, RetryAdvice.No, "warning",
            "There are not enough credits left for this.", "余额不足。"),
        new(ErrorCode.RateLimited, 429, RetryAdvice.Wait, "warning",
            "Too many requests. Please wait a moment.", "请求过于频繁，请稍候。"),
        new(ErrorCode.QueueFull, 503, RetryAdvice.Wait, "error",
            "Many people are asking right now. Please try again shortly.", "当前提问人数较多，请稍后再试。"),
        new(ErrorCode.CircuitOpen, 503, RetryAdvice.Wait, "error",
            "This conversation is paused after repeated failures. It opens again shortly.", "多次失败后对话已暂停，稍后会自动恢复。"),
        new(ErrorCode.LlmUnavailable, 503, RetryAdvice.Yes, "error",
            "The language model cannot be reached. Your message is kept; please try again.", "暂时无法连接语言模型。消息已保存，请重试。"),
        new(ErrorCode.LlmTimeout, 504, RetryAdvice.Yes, "error",
            "The language model took too long. Your message is kept; please try again.", "语言模型响应超时。消息已保存，请重试。"),
        new(ErrorCode.RagError, 500, RetryAdvice.Yes, "error",
            "The documents could not be searched. Your message is kept; please try again.", "暂时无法检索文档。消息已保存，请重试。"),
        new(ErrorCode.LocationError, 422, RetryAdvice.No, "warning",
            "The place named is not known. Please name it differently.", "无法识别该地点，请换一种说法。"),
        new(ErrorCode.WorkerLost, 500, RetryAdvice.Yes, "critical",
            "The answer was interrupted several times. Your message is kept; please try again.", "回答多次中断。消息已保存，请重试。"),
        new(ErrorCode.Cancelled, 0, RetryAdvice.No, "info",
            "Stopped.", "已停止。"),
        new(ErrorCode.ServerError, 500, RetryAdvice.Yes, "critical",
            "Something went wrong on our side. Please try again.", "服务器出现问题，请重试。"),
    ];

    private static readonly FrozenDictionary<string, ErrorDefinition> ByCode = All.ToFrozenDictionary(row => row.Code, StringComparer.Ordinal);

    /// <summary>The row of <paramref name="code"/>; an unknown code is <c>server_error</c>.</summary>
    public static ErrorDefinition Of(string code) =>
        ByCode.TryGetValue(code, out var row) ? row : ByCode[ErrorCode.ServerError];
}
