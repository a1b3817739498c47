using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Timeline.Alerts.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary><c>GET /api/v1/admin/alerts/changes</c>: what happened, newest first, and who was told.</summary>
internal sealed class ListChanges(Database database, BaseRules baseRules, IOperators operators)
{
    // Ids are in the order of time.
    private const string Read =
        """
        SELECT c.id, c.rule_id, c.rule_name, c.group_name, c.from_state, c.to_state, c.severity, c.value, c.at, c.silenced,
               (SELECT jsonb_agg(jsonb_build_object('receiver', r.name, 'status', n.status, 'error', n.error) ORDER BY r.name)
                FROM alert_notifications n JOIN alert_receivers r ON r.id = n.receiver_id WHERE n.change_ids @> ARRAY[c.id])::text AS notifications_text
        FROM alert_changes c
        WHERE c.organization_id = ANY (@Ids) AND (@ruleId::uuid IS NULL OR c.rule_id = @ruleId) AND (@isFirst OR c.id < @After)
        ORDER BY c.id DESC LIMIT @Rows
        """;

    public async Task<Results<Ok<Page<AlertChange>>, ErrorResult>> HandleAsync(
        HttpContext context, [AsParameters] PageRequest page, [FromQuery(Name = "rule_id")] Guid? ruleId, Caller caller, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        var rows = await database.QueryAsync<ChangeRow>(
            owners.Scope, Read, new { owners.Ids, ruleId, isFirst = start.After == Guid.Empty, start.After, Rows = start.Limit + 1 }, cancellationToken);
        var names = baseRules.Current().ToDictionary(rule => rule.Id, rule => rule.In(RequestLanguage.Of(context), rule.Definition).Name);
        List<AlertChange> items = [.. rows.Take(start.Limit).Select(row => row.ToWire(names.GetValueOrDefault(row.RuleId)))];
        return TypedResults.Ok(new Page<AlertChange>(items, rows.Count > items.Count ? items[^1].Id.ToString() : null));
    }

    private sealed record ChangeRow
    {
        public Guid Id { get; init; }
        public Guid RuleId { get; init; }
        public string RuleName { get; init; } = "";
        public string GroupName { get; init; } = "";
        public string FromState { get; init; } = "";
        public string ToState { get; init; } = "";
        public string? Severity { get; init; }
        public double? Value { get; init; }
        public DateTimeOffset At { get; init; }
        public string[] Silenced { get; init; } = [];
        public string? NotificationsText { get; init; }

        public AlertChange ToWire(string? localName) => new()
        {
            Id = Id,
            RuleId = RuleId,
            RuleName = localName ?? RuleName,
            Group = GroupName,
            From = FromState,
            To = ToState,
            Severity = Severity,
            Value = Value,
            At = At,
            Notifications =
            [
                .. NotificationsText is null ? [] : JsonSerializer.Deserialize<List<AlertNotification>>(NotificationsText, Wire.Json)!,
                .. Silenced.Select(name => new AlertNotification(name, "silenced", null)),
            ],
        };
    }
}
