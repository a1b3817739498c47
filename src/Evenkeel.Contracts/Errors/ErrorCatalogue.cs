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

/// <summary>A text for a person in both languages.</summary>
/// <param name="English">In English.</param>
/// <param name="Chinese">The same in Chinese.</param>
public sealed record LocalText(string English, string Chinese)
{
    /// <summary>The text in <paramref name="language"/> (<c>zh</c>, otherwise English).</summary>
    public string In(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;
}

/// <summary>One row of the error table.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">HTTP status; 0 where the code never stands in an HTTP response.</param>
/// <param name="Retry">What the client may do.</param>
/// <param name="Severity"><c>critical</c>, <c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Happened">What happened.</param>
/// <param name="Action">What the person can do about it.</param>
public sealed record ErrorDefinition(string Code, int Status, RetryAdvice Retry, string Severity, LocalText Happened, LocalText Action)
{
    /// <summary>Whether sending the same again, now or later, can succeed.</summary>
    public bool Retryable => Retry is RetryAdvice.Yes or RetryAdvice.Wait or RetryAdvice.AfterRefresh;

    /// <summary>What happened and what to do, in <paramref name="language"/> (<c>zh</c>, otherwise English): the text every transport carries.</summary>
    public string Text(string language) => new LocalText($"{Happened.English} {Action.English}", Happened.Chinese + Action.Chinese).In(language);
}

/// <summary>The one catalogue of errors: HTTP responses, socket frames, streams, documents and the web page read it.</summary>
public static class ErrorCatalogue
{
    private static readonly LocalText TryAgain = new(
        "Try again; if it goes on, give the support code to whoever runs this server.", "请重试；如果问题持续，请将支持代码告知管理员。");

    /// <summary>All rows, in the order of the documentation.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        new(ErrorCode.AuthRequired, 401, RetryAdvice.SignIn, "info",
            new("You are not signed in.", "您尚未登录。"),
            new("Sign in to go on.", "请登录后继续。")),
        new(ErrorCode.AuthFailed, 401, RetryAdvice.No, "info",
            new("The e-mail address and the password do not match.", "邮箱与密码不匹配。"),
            new("Check both and try again.", "请核对后重试。")),
        new(ErrorCode.TokenExpired, 401, RetryAdvice.AfterRefresh, "info",
            new("Your session has to be renewed.", "您的登录状态需要更新。"),
            new("This usually happens by itself; if not, reload the page.", "通常会自动完成；如果没有，请重新加载页面。")),
        new(ErrorCode.TokenInvalid, 401, RetryAdvice.SignIn, "warning",
            new("Your session is no longer valid.", "您的登录已失效。"),
            new("Sign in again to go on.", "请重新登录后继续。")),
        new(ErrorCode.Forbidden, 403, RetryAdvice.No, "warning",
            new("Your account does not have access to this.", "您的账号没有访问权限。"),
            new("Ask an owner or administrator of your organization for access.", "如需访问，请联系您所在组织的所有者或管理员。")),
        new(ErrorCode.NotFound, 404, RetryAdvice.No, "info",
            new("This does not exist, or it belongs to somebody else.", "此内容不存在，或属于其他人。"),
            new("Check the address, or go back and choose again.", "请检查地址，或返回后重新选择。")),
        new(ErrorCode.InvalidRequest, 400, RetryAdvice.No, "info",
            new("Something in the request is not right.", "请求中有不正确的内容。"),
            new("Check what was entered and send it again.", "请检查填写的内容后重新提交。")),
        new(ErrorCode.Conflict, 409, RetryAdvice.No, "info",
            new("This clashes with something that exists already.", "此操作与已有内容冲突。"),
            new("Reload to see what is there, or choose something else.", "请重新加载查看现有内容，或改用其他内容。")),
        new(ErrorCode.SearchHandleExpired, 410, RetryAdvice.No, "info",
            new("These search results have expired.", "这些搜索结果已过期。"),
            new("Search again.", "请重新搜索。")),
        new(ErrorCode.ContentBlocked, 422, RetryAdvice.No, "warning",
            new("This cannot be answered here.", "这里无法回答此内容。"),
            new("Put it in other words, or ask something else.", "请换一种说法，或换一个问题。")),
        new(ErrorCode.InsufficientCredits, 402, RetryAdvice.No, "warning",
            new("There are not enough credits left for an answer. Nothing was charged.", "剩余额度不足以完成回答，未产生任何扣费。"),
            new("Ask an owner or administrator of your organization to add credits.", "请联系您所在组织的所有者或管理员补充额度。")),
        new(ErrorCode.RateLimited, 429, RetryAdvice.Wait, "warning",
            new("Too many requests came in a short time.", "短时间内的请求过多。"),
            new("Wait a moment, then try again.", "请稍候片刻再试。")),
        new(ErrorCode.QueueFull, 503, RetryAdvice.Wait, "error",
            new("Many questions are waiting right now, so this one could not be taken.", "当前排队的问题较多，暂时无法接收新的问题。"),
            new("Wait a moment, then send it again.", "请稍候片刻再发送。")),
        new(ErrorCode.CircuitOpen, 503, RetryAdvice.Wait, "error",
            new("This conversation is paused, because several answers in a row failed.", "由于连续多次未能回答，此对话已暂停。"),
            new("It opens again by itself; send your message then.", "对话会自动恢复，届时请再发送。")),
        new(ErrorCode.LlmUnavailable, 503, RetryAdvice.Yes, "error",
            new("The language model cannot be reached. Your message is kept.", "暂时无法连接语言模型，您的消息已保存。"),
            TryAgain),
        new(ErrorCode.LlmTimeout, 504, RetryAdvice.Yes, "error",
            new("The language model took too long. Your message is kept.", "语言模型响应超时，您的消息已保存。"),
            TryAgain),
        new(ErrorCode.RagError, 500, RetryAdvice.Yes, "error",
            new("The documents could not be searched. Your message is kept.", "暂时无法检索文档，您的消息已保存。"),
            TryAgain),
        new(ErrorCode.LocationError, 422, RetryAdvice.No, "warning",
            new("The place named is not known here.", "无法识别所提到的地点。"),
            new("Name it differently, for example with its country.", "请换一种说法，例如加上国家名称。")),
        new(ErrorCode.WorkerLost, 500, RetryAdvice.Yes, "critical",
            new("The answer was interrupted several times. Your message is kept.", "回答多次中断，您的消息已保存。"),
            TryAgain),
        new(ErrorCode.Cancelled, 0, RetryAdvice.No, "info",
            new("The answer was stopped.", "回答已停止。"),
            new("Ask again whenever you like.", "您可以随时再次提问。")),
        new(ErrorCode.ServerError, 500, RetryAdvice.Yes, "critical",
            new("Something went wrong on our side.", "服务器出现了问题。"),
            TryAgain),
    ];

    private static readonly FrozenDictionary<string, ErrorDefinition> ByCode = All.ToFrozenDictionary(row => row.Code, StringComparer.Ordinal);

    /// <summary>The row of <paramref name="code"/>; an unknown code is <c>server_error</c>.</summary>
    public static ErrorDefinition Of(string code) =>
        ByCode.TryGetValue(code, out var row) ? row : ByCode[ErrorCode.ServerError];
}
