using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Errors;
using Json.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary>Makes entries of what programs send, held against the schemas of their types.</summary>
internal sealed partial class ReadCustomEvents(EventTypeBooks books, TimeProvider time, IOptions<TimelineOptions> options)
{
    private const int MostEvents = 100;
    private const int MostSchemas = 1_000;
    private static readonly double LongestMs = TimeSpan.FromDays(7).TotalMilliseconds;

    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    /// <summary>All of them, or what is wrong.</summary>
    public async Task<Result<IReadOnlyList<TimelineEntry>>> RunAsync(EventPlace place, RecordEventRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var events = request.Events ?? [request];
        if (events.Count is 0 or > MostEvents || (request.Events is not null && request.EventType is not null) || events.Any(one => one is null or { Events: not null } && one != request))
        {
            return Error.Invalid(new FieldProblem("events", $"1 to {MostEvents} events, each by itself.", $"1 到 {MostEvents} 个事件，且不可嵌套。"));
        }

        var types = await books.OfAsync(place.OrganizationId, cancellationToken);
        var (entries, isUnknown, now) = (new List<TimelineEntry>(events.Count), false, Now());
        for (var index = 0; index < events.Count; index++)
        {
            var before = request.Events is null ? "" : $"events[{index}].";
            if (events[index].EventType is { } name && types.Custom.TryGetValue(name, out var type))
            {
                entries.Add(Entry(problems, before, place with { Now = now }, (events[index], type)));
            }
            else
            {
                isUnknown = true;
                problems.Add(new FieldProblem($"{before}event_type", "This type is not registered.", "该事件类型未注册。"));
            }
        }

        return problems.Count == 0 ? entries : Error.Invalid(problems) with { Status = isUnknown ? StatusCodes.Status422UnprocessableEntity : null };
    }

    private TimelineEntry Entry(List<FieldProblem> problems, string before, EventPlace place, (RecordEventRequest Given, CustomEventType Type) one)
    {
        var (given, type) = one;
        Check(problems, before, given);
        CheckDataOf(problems, $"{before}event_data", given, type);
        return new TimelineEntry
        {
            OrganizationId = place.OrganizationId,
            SessionId = place.SessionId,
            MessageId = given.MessageId,
            TurnId = given.TurnId,
            CorrelationId = given.CorrelationId ?? place.RequestId,
            EventType = type.Definition.EventType,
            EventStatus = given.EventStatus ?? TimelineEventStatus.Completed,
            DataJson = given.EventData?.GetRawText(),
            Timestamp = place.Now,
            ProcessingTime = given.ProcessingTimeMs is { } took && took >= 0 && took <= LongestMs ? TimeSpan.FromMilliseconds(took) : null,
            ErrorType = given.ErrorType,
            ErrorSeverity = given.ErrorSeverity,
            Retention = type.Definition.Retention,
            Privacy = type.Definition.Privacy,
        };
    }

    // To the microsecond, as it is stored: the rows are found again by it, all at once.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private void CheckDataOf(List<FieldProblem> problems, string field, RecordEventRequest given, CustomEventType type)
    {
        if (given.EventData is { ValueKind: not JsonValueKind.Object })
        {
            problems.Add(new FieldProblem(field, "An object.", "须为对象。"));
            return;
        }

        var most = options.Value.LargestDataBytes;
        if (given.EventData is { } data && System.Text.Encoding.UTF8.GetByteCount(data.GetRawText()) > most)
        {
            problems.Add(new FieldProblem(field, $"At most {most:N0} bytes.", $"最多 {most:N0} 字节。"));
            return;
        }

        CheckData.Run(problems, field, SchemaOf(type), given.EventData);
    }

    private JsonSchema SchemaOf(CustomEventType type)
    {
        if (_schemas.Count >= MostSchemas)
        {
            _schemas.Clear();
        }

        // It was read before it was stored.
        return _schemas.GetOrAdd(type.SchemaJson, static text => ClosedSchema.Read([], text) ?? throw new InvalidOperationException("A stored schema cannot be read."));
    }

    private static void Check(List<FieldProblem> problems, string before, RecordEventRequest given)
    {
        OneOf(problems, $"{before}event_status", given.EventStatus, TimelineEventStatus.Started, TimelineEventStatus.Progress, TimelineEventStatus.Completed, TimelineEventStatus.Failed);
        OneOf(problems, $"{before}error_severity", given.ErrorSeverity, "critical", "error", "warning", "info");
        if (given.ErrorType is { } error && !Code.IsMatch(error))
        {
            problems.Add(new FieldProblem($"{before}error_type", "A code of at most 64 letters, digits, _, . or -.", "由字母、数字、_、. 或 - 组成的代码，最多 64 个字符。"));
        }

        if (given.ProcessingTimeMs is { } took && !(took >= 0 && took <= LongestMs))
        {
            problems.Add(new FieldProblem($"{before}processing_time_ms", "From 0 to seven days.", "应在 0 到 7 天之间。"));
        }
    }

    private static void OneOf(List<FieldProblem> problems, string field, string? value, params string[] known)
    {
        if (value is not null && !known.Contains(value))
        {
            var names = string.Join(", ", known);
            problems.Add(new FieldProblem(field, $"One of {names}.", $"可选值：{names}。"));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Code { get; }
}
