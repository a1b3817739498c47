using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.Reading;

/// <summary><c>GET /chat/events/{session_id}</c>: a session's events in order, filtered.</summary>
internal static class ListEvents
{
    private const int DefaultLimit = 100;
    private const int LongestName = 64;

    public static async Task<Results<Ok<Page<TimelineEvent>>, ErrorResult>> HandleAsync(
        [FromRoute(Name = "session_id")] Guid sessionId, [AsParameters] Query query, Caller caller, ReadEvents events, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var types = Names(problems, "type", query.Type);
        var statuses = Names(problems, "status", query.Status);
        EventLimit.Check(problems, "limit", query.Limit);
        if (query.AfterSeq is < 0)
        {
            problems.Add(new FieldProblem("after_seq", "It must not be negative.", "不能为负数。"));
        }

        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        var filter = new EventFilter
        {
            Types = types,
            Statuses = statuses,
            AfterSeq = query.AfterSeq ?? 0,
            Since = query.Since,
            Limit = query.Limit ?? DefaultLimit,
        };
        var found = await events.RunAsync(caller.OrganizationId, sessionId, filter, cancellationToken);
        return found is null ? (ErrorResult)Error.NotFound : TypedResults.Ok(new Page<TimelineEvent>(found, null));
    }

    // Both ?type=a&type=b and ?type=a,b are understood.
    private static string[] Names(List<FieldProblem> problems, string field, string[]? values)
    {
        string[] names = [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        foreach (var name in names)
        {
            TextField.Line(problems, field, name, LongestName);
        }

        return names;
    }

    /// <summary>What may be asked for.</summary>
    /// <param name="Type">Event types, repeated or separated by commas; absent = all.</param>
    /// <param name="Status">Event statuses, likewise.</param>
    /// <param name="AfterSeq">Only events with a higher <c>seq</c>.</param>
    /// <param name="Since">Only events at or after this time.</param>
    /// <param name="Limit">1 to 1,000; absent = 100.</param>
    internal sealed record Query(
        [FromQuery(Name = "type")] string[]? Type,
        [FromQuery(Name = "status")] string[]? Status,
        [FromQuery(Name = "after_seq")] long? AfterSeq,
        [FromQuery(Name = "since")] DateTimeOffset? Since,
        [FromQuery(Name = "limit")] int? Limit);
}

/// <summary>How many events one answer may hold.</summary>
internal static class EventLimit
{
    private const int Most = 1_000;

    public static void Check(List<FieldProblem> problems, string field, int? value)
    {
        if (value is < 1 or > Most)
        {
            problems.Add(new FieldProblem(field, $"It must be between 1 and {Most:N0}.", $"必须在 1 到 {Most:N0} 之间。"));
        }
    }
}
