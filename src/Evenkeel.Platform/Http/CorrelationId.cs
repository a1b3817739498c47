using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.Http;

/// <summary>The id that follows one send from the client's header to the last log line. Made here when the client gave none.</summary>
public static class CorrelationId
{
    /// <summary>Request and response header.</summary>
    public const string Header = "X-Correlation-ID";

    private static readonly object Key = new();

    /// <summary>The id of this request.</summary>
    public static Guid Of(HttpContext context) => context.Items[Key] is Guid id ? id : Guid.Empty;

    /// <summary>Middleware: reads or makes the id, echoes it, and puts it on every log line of the request.</summary>
    public static async Task RunAsync(HttpContext context, RequestDelegate next, IdSource ids, ILogger logger)
    {
        var id = Guid.TryParse(context.Request.Headers[Header], out var given) && given != Guid.Empty ? given : ids.Next();
        context.Items[Key] = id;
        context.Response.Headers[Header] = id.ToString();
        using (logger.BeginScope(new CorrelationScope(id)))
        {
            await next(context);
        }
    }
}

/// <summary>The log scope that carries the correlation id.</summary>
/// <param name="Id">The id.</param>
public sealed record CorrelationScope(Guid Id) : IEnumerable<KeyValuePair<string, object?>>
{
    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return new KeyValuePair<string, object?>("correlation_id", Id);
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"correlation_id:{Id}";
}
