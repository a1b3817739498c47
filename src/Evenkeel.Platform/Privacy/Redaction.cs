using System.Collections;
using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Platform.Privacy;

/// <summary>A text that its author vouches for: no person's words or data, no secret. Patterns are still masked in it.</summary>
/// <param name="Text">The text.</param>
public readonly record struct SafeText(string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>
/// Decides what may leave the server's memory for telemetry: log lines, spans, metric tags, timeline data, error reports. Ids, numbers, times and
/// codes pass. Text does not, unless the field is known to hold the operator's own words or the value is <see cref="SafeText"/>; and even then what looks
/// like personal data or a secret is masked. Whatever goes wrong here, the value is replaced: nothing passes unseen.
/// </summary>
public static partial class Redaction
{
    /// <summary>What stands for a value that could not be judged.</summary>
    public const string Failed = "[redaction failed]";

    /// <summary>How often that happened in this process: a mistake of this program, worth an alert.</summary>
    public static long Failures => Interlocked.Read(ref _failures);

    // People's words and secrets, whatever they look like.
    private static readonly FrozenSet<string> Forbidden = Names(
        "text", "message", "question", "query", "prompt", "answer", "content", "title", "persona", "instructions", "history", "snippet", "comment",
        "body", "input", "output", "email", "phone", "displayname", "username", "password", "token", "ticket", "secret", "apikey", "authorization", "cookie",
        "querystring", "filename");

    // Words of this program, its configuration or its operator. A field belongs here when nobody but them can write it.
    private static readonly FrozenSet<string> Known = Names(
        "status", "errorcode", "code", "part", "found", "hint", "evidence", "mode", "source", "loop", "method", "transport", "eventtype", "errortype",
        "severity", "place", "folder", "cluster", "copy", "installed", "account", "database", "address", "keyid", "failure", "plan", "migration", "model",
        "provider", "endpoint", "fallback", "from", "to", "language", "route", "stage", "role", "backend", "exchange", "queue", "node", "host", "sqlstate",
        "constraint", "table", "kind", "metric", "state", "rule", "promptversion", "requestid", "connectionid", "traceidentifier", "spanid", "traceid", "parentid",
        "finishreason", "scope", "degraded", "version", "requestmethod", "protocol", "scheme", "statuscode", "httproute", "setting", "originalformat", "event",
        "httprequestmethod", "urlscheme", "networkprotocolname", "networkprotocolversion", "serveraddress", "httpresponsestatuscode", "otelstatuscode");

    private static long _failures;

    private const string AnyId = "00000000-0000-0000-0000-000000000000";

    private static readonly PassedTexts Passed = new();
    private static readonly PassedTexts PassedPatterns = new();

    private static readonly FrozenSet<string> Paths = Names("path", "requestpath", "urlpath", "httptarget");

    /// <summary>A value as it may be recorded under <paramref name="field"/>: itself, or a text in its place.</summary>
    public static object? Value(string field, object? value)
    {
        try
        {
            return value switch
            {
                null or bool or Guid or DateTime or DateTimeOffset or TimeSpan or DateOnly or TimeOnly or Enum or Version => value,
                byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => value,
                SafeText safe => Patterns(safe.Text),
                string text => Text(field, text),
                PathString path => PathOf(path.Value ?? ""),
                Uri address => AddressOf(address),
                Type type => type.Name,
                Exception exception => Describe(exception),
                IPAddress or IPEndPoint => "[address]",
                IEnumerable many => ManyOf(field, many),
                _ => Text(field, value.ToString() ?? ""),
            };
        }
        catch (Exception)
        {
            return Fail();
        }
    }

    /// <summary>A text as it may be recorded under <paramref name="field"/>.</summary>
    public static string Text(string field, string text)
    {
        try
        {
            // All ids are alike: one stands for them, so that they need no look of their own and do not push words out of what is remembered.
            return IsId(text) && Passed.Judge(field, AnyId, Judge) == AnyId ? text : Passed.Judge(field, text, Judge);
        }
        catch (Exception)
        {
            return Fail();
        }
    }

    /// <summary>A text that this program wrote for people, with whatever looks like personal data or a secret masked.</summary>
    public static string Patterns(string text)
    {
        try
        {
            return PassedPatterns.Judge("", text, static (_, words) => PersonalPatterns.Mask(words));
        }
        catch (Exception)
        {
            return Fail();
        }
    }

    /// <summary>What may be said of an exception: its type and codes; its words only where they are the operator's own.</summary>
    public static string Describe(Exception exception) => RedactedException.Describe(exception);

    /// <summary>The same as a value for a log line.</summary>
    public static SafeText Reason(Exception exception) => new(Describe(exception));

    /// <summary>A timeline event's data, a JSON object, with every text judged by the name it stands under.</summary>
    public static string EventData(string json)
    {
        ReadOnlyMemory<byte> given = Encoding.UTF8.GetBytes(json);
        var judged = EventData(given, withholdsTexts: false);
        return judged.Equals(given) ? json : Encoding.UTF8.GetString(judged.Span);
    }

    /// <summary>The same in UTF-8; the same memory comes back where nothing had to be replaced.</summary>
    /// <param name="json">The object.</param>
    /// <param name="withholdsTexts">No text passes, be it a code or an id.</param>
    public static ReadOnlyMemory<byte> EventData(ReadOnlyMemory<byte> json, bool withholdsTexts) => RedactedEventData.Of(json, withholdsTexts);

    /// <summary>A single word of a program, such as <c>queue_full</c>, <c>model_fallback</c> or <c>57P01</c>.</summary>
    internal static bool IsCode(string text) => text.Length <= 64 && (Guid.TryParse(text, out _) || Code.IsMatch(text));

    /// <summary>Counts a failure, and gives what stands for the value.</summary>
    internal static string Fail()
    {
        Interlocked.Increment(ref _failures);
        return Failed;
    }

    private static bool IsId(string text) => text.Length == AnyId.Length && Guid.TryParseExact(text, "D", out _);

    private static string Judge(string field, string text)
    {
        var name = Normalize(field);
        return Forbidden.Contains(name) ? Withheld(text)
            : Paths.Contains(name) ? PathOf(text)
            : Known.Contains(name) || IsCode(text) ? PersonalPatterns.Mask(text)
            : Withheld(text);
    }

    internal static string Withheld(string text) => text.Length == 0 ? "" : $"[text:{text.Length}]";

    // Segments that are words of the API or ids; anything else was written by whoever sent the request.
    private static string PathOf(string path)
    {
        var end = path.IndexOf('?', StringComparison.Ordinal);
        var segments = (end < 0 ? path : path[..end]).Split('/');
        return string.Join('/', segments.Take(12).Select(segment => segment.Length == 0 || segment == "v1.json" || IsCode(segment) ? segment : "*"));
    }

    private static string AddressOf(Uri address) =>
        address.IsAbsoluteUri ? $"{address.Scheme}://{address.Authority}{(address.AbsolutePath == "/" ? "" : PathOf(address.AbsolutePath))}" : PathOf(address.ToString());

    private static string ManyOf(string field, IEnumerable many) =>
        "[" + string.Join(", ", many.Cast<object?>().Take(100).Select(one => Value(field, one))) + "]";

    private static string Normalize(string field) => field.Replace("_", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('{', '}').ToLowerInvariant();

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^(?:[a-z][a-z0-9]*(?:[_.\-:][a-z0-9]+)*|[0-9A-Z]{5})$", RegexOptions.CultureInvariant)]
    private static partial Regex Code { get; }
}
