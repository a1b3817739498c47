using System.Text.Json;
using System.Text.RegularExpressions;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Privacy;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.Errors;

/// <summary>Turns exceptions that reach the edge into the contract's envelope: bad requests by field, a database that is away as a wait, everything else as <c>server_error</c>.</summary>
public sealed partial class UnhandledErrors(ILogger<UnhandledErrors> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var error = Translate(exception);
        if (DatabaseOutage.Is(exception))
        {
            // One line a request, not a stack: while the database is away there are many.
            Log.DatabaseAway(logger, httpContext.Request.Method, Path(httpContext), exception.GetType().Name, CorrelationId.Of(httpContext));
        }
        else if (error.Code == ErrorCode.ServerError)
        {
            Log.Unhandled(logger, exception, httpContext.Request.Method, Path(httpContext), CorrelationId.Of(httpContext));
        }

        await new ErrorResult(error).ExecuteAsync(httpContext);
        return true;
    }

    private static string Path(HttpContext context) => context.Request.Path.Value ?? "";

    private static Error Translate(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Error(ErrorCode.InvalidRequest) { Status = 413 },
        BadHttpRequestException { InnerException: JsonException json } => Error.Invalid(Describe(json)),
        BadHttpRequestException bad => Error.Invalid(Describe(bad)),
        _ when DatabaseOutage.Is(exception) => new Error(ErrorCode.ServerError) { Status = StatusCodes.Status503ServiceUnavailable, RetryAfter = DatabaseOutage.Wait },
        _ => new Error(ErrorCode.ServerError),
    };

    private static FieldProblem Describe(JsonException exception)
    {
        // A name that is no word of a program is somebody's text in the wrong place: it is not said back.
        var path = (exception.Path ?? "$").TrimStart('$', '.');
        path = PathOfFields.IsMatch(path) ? path : "";
        // The serializer tells an unknown member only by its message: "The JSON property 'x' could not be mapped…".
        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal) && exception.Message.Split('\'') is [_, var member, ..] && Redaction.IsCode(member))
        {
            return new FieldProblem(member, "This field is not known.", "未知字段。");
        }

        return path.Length == 0
            ? new FieldProblem("body", "The body is not valid JSON of the expected shape.", "请求体不是有效的 JSON。")
            : new FieldProblem(path, "The value has the wrong form.", "值的格式不正确。");
    }

    // The framework names the parameter only in its message: Failed to bind parameter "Nullable<int> limit" from "abc".
    private static FieldProblem Describe(BadHttpRequestException exception) =>
        ParameterName.Match(exception.Message) is { Success: true } match && !exception.Message.Contains("from body", StringComparison.Ordinal)
            ? new FieldProblem(JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups["name"].Value), "The value has the wrong form.", "值的格式不正确。")
            : FieldProblem.Required("body");

    [GeneratedRegex(@"^[a-z0-9_]{1,40}(?:[.\[\]]{1,2}[a-z0-9_]{0,40}){0,8}$")]
    private static partial Regex PathOfFields { get; }

    [GeneratedRegex("parameter \"[^\"]* (?<name>\\w+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex ParameterName { get; }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "database_away", Message = "{Method} {Path} was refused while the database is away ({Failure}, {CorrelationId})")]
        public static partial void DatabaseAway(ILogger logger, string method, string path, string failure, Guid correlationId);

        [LoggerMessage(Level = LogLevel.Error, Message = "Unhandled failure in {Method} {Path} ({CorrelationId})")]
        public static partial void Unhandled(ILogger logger, Exception exception, string method, string path, Guid correlationId);
    }
}
