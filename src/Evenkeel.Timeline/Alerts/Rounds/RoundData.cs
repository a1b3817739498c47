using System.Text.Json;
using Dapper;
using Evenkeel.Contracts;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Managing;
using Evenkeel.Timeline.Alerts.Rules;

namespace Evenkeel.Timeline.Alerts.Rounds;

/// <summary>All that a round needs to know besides the numbers.</summary>
internal sealed record RoundData
{
    public required IReadOnlyList<RuleRow> Rules { get; init; }

    public required Dictionary<AlertKey, GroupState> States { get; init; }

    /// <summary>Those that hold now.</summary>
    public required IReadOnlyList<SilenceRow> Silences { get; init; }

    /// <summary>Those that are enabled.</summary>
    public required IReadOnlyList<ReceiverRow> Receivers { get; init; }

    private const string Read =
        $"""
        SELECT {ReadRules.Columns} FROM alert_rules;
        SELECT organization_id, rule_id, group_name, state::text AS state_text FROM alert_states;
        SELECT {SilenceRow.Columns} FROM alert_silences WHERE starts_at <= @now AND ends_at > @now;
        SELECT {ReceiverRow.Columns} FROM alert_receivers WHERE is_enabled
        """;

    public static async Task<RoundData> ReadInTransactionAsync(ScopedTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var grid = await transaction.Connection.QueryMultipleAsync(
            new CommandDefinition(Read, new { now = now.UtcDateTime }, transaction.Transaction, cancellationToken: cancellationToken));
        return new RoundData
        {
            Rules = (await grid.ReadAsync<RuleRow>()).AsList(),
            States = (await grid.ReadAsync<StateRow>()).ToDictionary(row => row.Key, row => row.State),
            Silences = (await grid.ReadAsync<SilenceRow>()).AsList(),
            Receivers = (await grid.ReadAsync<ReceiverRow>()).AsList(),
        };
    }
}

/// <summary>A row of <c>alert_states</c>.</summary>
internal sealed record StateRow
{
    public Guid OrganizationId { get; init; }
    public Guid RuleId { get; init; }
    public string GroupName { get; init; } = "";
    public string StateText { get; init; } = "";

    public AlertKey Key => new(OrganizationId, RuleId, GroupName);

    public GroupState State => JsonSerializer.Deserialize<GroupState>(StateText, Wire.Json)!;
}
