using System.Globalization;
using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Judging;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline.Alerts;

/// <summary>
/// The state machine by tables. A line is a judgement every 30 seconds: the value (a dash is no data) and the state after it; <c>+N</c> moves the clock by N
/// seconds instead of 30, <c>restart</c> stores the state and takes it up again.
/// </summary>
public sealed class AlertMachineTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(50);

    [Theory]
    [InlineData("without waiting", 0, 0, "normal", "1 n, 6 F:w, 6 F:w, 11 F:c, 6 F:w, 1 n, 11 F:c, 1 n")]
    [InlineData("exactly at the threshold is not above it", 0, 0, "normal", "5 n, 5.01 F:w, 10 F:w, 10.01 F:c, 5 n")]
    [InlineData("waits and fires", 60, 0, "normal", "6 P:w, 6 P:w, 6 F:w, 1 n")]
    [InlineData("a short peak is nothing", 60, 0, "normal", "6 P:w, 6 P:w, 1 n, 6 P:w, 6 P:w, 6 F:w")]
    [InlineData("critical has its own wait", 60, 0, "normal", "6 P:w, 6 P:w, 11 F:w, 11 F:w, 11 F:c, 11 F:c")]
    [InlineData("critical from the beginning", 60, 0, "normal", "11 P:c, 11 P:c, 11 F:c")]
    [InlineData("pending goes up and down", 60, 0, "normal", "11 P:c, 6 P:w, 11 F:w, 11 F:w, 11 F:c")]
    [InlineData("keeps firing", 0, 60, "normal", "6 F:w, 1 R:w, 1 n, 1 n")]
    [InlineData("comes back while recovering", 0, 90, "normal", "6 F:w, 1 R:w, 1 R:w, 6 F:w, 1 R:w, 1 R:w, 1 n")]
    [InlineData("critical is kept too before it is a warning", 0, 60, "normal", "11 F:c, 6 F:c, 6 F:w, 1 R:w, 1 n")]
    [InlineData("recovers from critical", 0, 60, "normal", "11 F:c, 1 R:c, 1 n")]
    [InlineData("recovering does not wait again", 60, 90, "normal", "6 P:w, 6 P:w, 6 F:w, 1 R:w, 6 F:w, 1 R:w")]
    [InlineData("no data is good news", 60, 0, "normal", "6 P:w, - n, 6 P:w, 6 P:w, 6 F:w, - n")]
    [InlineData("no data ends by keeping on firing", 0, 60, "normal", "6 F:w, - R:w, - n")]
    [InlineData("no data is shown", 60, 0, "no_data", "1 n, - D, - D, 6 P:w, 6 P:w, 6 F:w, - D, 6 P:w, 6 P:w, 6 F:w, - D, 1 n")]
    [InlineData("no data ends a wait", 60, 0, "no_data", "6 P:w, 6 P:w, - D, 6 P:w")]
    [InlineData("no data keeps what it was", 60, 0, "keep", "6 P:w, 6 P:w, - P:w, - P:w, - P:w, 6 F:w, - F:w, - F:w, 1 n, - n")]
    [InlineData("no data does not end keeping on firing", 0, 60, "keep", "6 F:w, 1 R:w, - R:w, - R:w, - R:w, 1 n")]
    [InlineData("no data is trouble", 60, 0, "firing", "1 n, - P:c, - P:c, - F:c, 1 n")]
    [InlineData("no data goes on where values were", 60, 0, "firing", "11 P:c, - P:c, 11 F:c, - F:c")]
    [InlineData("a pause up to two minutes counts", 300, 0, "normal", "6 P:w, +120 6 P:w, +120 6 P:w, +60 6 F:w")]
    [InlineData("a longer one does not", 300, 0, "normal", "6 P:w, 6 P:w, +3600 6 P:w, +120 6 P:w, +120 6 P:w, 6 F:w")]
    [InlineData("a longer one does not end firing either", 0, 90, "normal", "6 F:w, 1 R:w, +7200 1 R:w, 1 R:w, 1 n")]
    [InlineData("the clock is set back", 60, 0, "normal", "6 P:w, 6 P:w, +-3600 6 P:w, 6 F:w, +-86400 6 F:w, 1 n")]
    [InlineData("the clock is set forward", 60, 0, "normal", "6 P:w, +86400 6 P:w, 6 P:w, 6 F:w")]
    [InlineData("a restart in the middle of a wait", 90, 0, "normal", "6 P:w, 6 P:w, restart, 6 P:w, 6 F:w, restart, 6 F:w, 1 n")]
    [InlineData("a restart while recovering", 0, 90, "normal", "11 F:c, 1 R:c, restart, 1 R:c, 1 n")]
    public void States_follow(string name, int wait, int keep, string noData, string table)
    {
        name.ShouldNotBeEmpty();
        Play(Rule(wait, keep, noData), table);
    }

    [Theory]
    [InlineData("only critical", "6 n, 11 F:c, 6 n", null, 10.0)]
    [InlineData("only warning", "6 F:w, 11 F:w, 1 n", 5.0, null)]
    public void One_threshold_is_enough(string name, string table, double? warning, double? critical)
    {
        name.ShouldNotBeEmpty();
        Play(Rule(0, 0, "normal") with { Warning = warning, Critical = critical }, table);
    }

    [Fact]
    public void Below_is_the_other_way_round() =>
        Play(Rule(30, 0, "normal") with { Condition = "below", Warning = 10, Critical = 1 }, "11 n, 10 n, 9 P:w, 9 F:w, 0 F:w, 0 F:c, 10 n");

    [Fact]
    public void No_data_of_a_rule_with_a_warning_only_is_a_warning() => Play(Rule(0, 0, "firing") with { Critical = null }, "1 n, - F:w, 1 n");

    [Theory]
    [InlineData("no_data", "6 P:w, - D, +110 - D, +110 - D", "D")]
    [InlineData("keep", "6 P:w, 6 P:w, 6 F:w, - F:w", "F:w")]
    [InlineData("firing", "6 P:w, 6 P:w, 6 F:w, - F:w", "F:c")]
    public void A_group_that_has_vanished_is_forgotten_after_a_day_whatever_is_done_without_data(string noData, string table, string last)
    {
        var rule = Rule(60, 0, noData) with { GroupBy = "model" };
        var (state, now) = Play(rule, table);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(23.9); passed += TimeSpan.FromSeconds(100))
        {
            now = now.AddSeconds(100);
            state = AlertMachine.Judge(rule, state, default, (now, TimeSpan.FromSeconds(100)));
        }

        Short(state).ShouldBe(last);
        state = AlertMachine.Judge(rule, state, default, (now.AddHours(1), TimeSpan.FromSeconds(100)));
        state.State.ShouldBe(AlertState.Normal);
    }

    [Fact]
    public void The_state_says_since_when()
    {
        var rule = Rule(60, 60, "normal");
        var (state, _) = Play(rule, "1 n, 6 P:w, 6 P:w");
        state.Since.ShouldBe(Start.AddSeconds(60));
        (state, _) = Play(rule, "6 P:w, 6 P:w, 6 F:w, 6 F:w, 11 F:w, 11 F:w, 11 F:c, 11 F:c");
        state.Since.ShouldBe(Start.AddSeconds(30 * 7), "of the severity");
        (state.Value, state.Severity).ShouldBe((11, "critical"));
    }

    private static AlertRuleDefinition Rule(int wait, int keep, string noData) => new()
    {
        Name = "rule", Metric = "metric", Value = "last", WindowSeconds = 60, Condition = "above", Warning = 5, Critical = 10, ForSeconds = wait, KeepFiringForSeconds = keep, NoData = noData,
    };

    private static (GroupState State, DateTimeOffset Now) Play(AlertRuleDefinition rule, string table)
    {
        var (state, judgedAt, now) = (new GroupState { Since = Start, MeasuredAt = Start }, Start, Start);
        foreach (var (step, index) in table.Split(", ").Select((step, index) => (step, index)))
        {
            if (step == "restart")
            {
                state = System.Text.Json.JsonSerializer.Deserialize<GroupState>(System.Text.Json.JsonSerializer.Serialize(state, Evenkeel.Contracts.Wire.Json), Evenkeel.Contracts.Wire.Json)!;
                continue;
            }

            var parts = step.Split(' ');
            var pause = parts[0].StartsWith('+') ? double.Parse(parts[0][1..], CultureInfo.InvariantCulture) : 30;
            now = now.AddSeconds(pause);
            var lost = AlertMachine.Lost(judgedAt, now);
            var reading = parts[^2] == "-" ? default : new Reading(double.Parse(parts[^2], CultureInfo.InvariantCulture));
            state = AlertMachine.Judge(rule, state.Moved(lost), reading, (now, now - judgedAt - lost));
            judgedAt = now;
            Short(state).ShouldBe(parts[^1], $"step {index}: {step}");
        }

        return (state, now);
    }

    private static string Short(GroupState state) => state.State switch
    {
        AlertState.Normal => "n",
        AlertState.NoData => "D",
        AlertState.Pending => "P",
        AlertState.Firing => "F",
        _ => "R",
    } + (state.Severity is { } severity ? $":{severity[0]}" : "");
}
