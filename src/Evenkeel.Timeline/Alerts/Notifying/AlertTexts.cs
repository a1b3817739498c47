using System.Globalization;
using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Rounds;
using Evenkeel.Timeline.Alerts.Rules;

namespace Evenkeel.Timeline.Alerts.Notifying;

/// <summary>Writes messages in the receiver's language: names of rules and numbers, nobody's words.</summary>
internal sealed class AlertTexts(BaseRules rules)
{
    /// <summary>The message as a webhook gets it; the other ways use its title and text.</summary>
    public AlertMessage Write(Guid id, string language, IReadOnlyList<AlertMessageEntry> entries)
    {
        var isChinese = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        var named = entries.Select(entry => entry with { RuleName = NameIn(language, entry) }).ToList();
        return new AlertMessage
        {
            Id = id,
            Type = "alerts",
            Title = Title(isChinese, named),
            Text = string.Join('\n', named.Select(entry => Line(isChinese, entry))),
            Alerts = named,
        };
    }

    /// <summary>What the test button sends.</summary>
    public static AlertMessage Test(Guid id, string language)
    {
        var isChinese = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        return new AlertMessage
        {
            Id = id,
            Type = "test",
            Title = isChinese ? "Evenkeel：测试消息" : "Evenkeel: a test",
            Text = isChinese ? "告警会以这种方式送达。" : "Alerts will arrive this way.",
            Alerts = [],
        };
    }

    private string NameIn(string language, AlertMessageEntry entry) =>
        rules.Current().FirstOrDefault(rule => rule.Id == entry.RuleId) is { } rule ? rule.In(language, rule.Definition).Name : entry.RuleName;

    private static string Title(bool isChinese, List<AlertMessageEntry> entries)
    {
        var critical = entries.Count(entry => entry.Status != MessageStatus.Resolved && entry.Severity == AlertSeverity.Critical);
        var warning = entries.Count(entry => entry.Status != MessageStatus.Resolved && entry.Severity == AlertSeverity.Warning);
        var resolved = entries.Count(entry => entry.Status == MessageStatus.Resolved);
        if (entries is [var only])
        {
            return isChinese ? $"Evenkeel：[{Word(true, only)}] {only.RuleName}" : $"Evenkeel: [{Word(false, only)}] {only.RuleName}";
        }

        string?[] parts = isChinese
            ? [Part(critical, "项严重"), Part(warning, "项警告"), Part(resolved, "项已恢复")]
            : [Part(critical, "critical"), Part(warning, "warning"), Part(resolved, "resolved")];
        return (isChinese ? "Evenkeel：" : "Evenkeel: ") + string.Join(isChinese ? "，" : ", ", parts.OfType<string>());
    }

    private static string? Part(int count, string word) => count == 0 ? null : $"{count} {word}";

    private static string Line(bool isChinese, AlertMessageEntry entry)
    {
        var group = entry.Group.Length == 0 ? "" : isChinese ? $"（{entry.Group}）" : $" ({entry.Group})";
        var value = entry.Value is { } number ? $"{entry.Metric} = {number.ToString("0.##", CultureInfo.InvariantCulture)}{UnitOf(entry.Unit)}" : entry.Metric;
        var since = $"{entry.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
        var runbook = entry.RunbookUrl is { } address ? $" {address}" : "";
        return isChinese
            ? $"[{Word(true, entry)}] {entry.RuleName}{group}：{value}，自 {since}。{runbook}".TrimEnd()
            : $"[{Word(false, entry)}] {entry.RuleName}{group}: {value}, since {since}.{runbook}".TrimEnd();
    }

    private static string Word(bool isChinese, AlertMessageEntry entry) => (entry.Status, entry.Severity) switch
    {
        (MessageStatus.Resolved, _) => isChinese ? "已恢复" : "resolved",
        (MessageStatus.StillFiring, AlertSeverity.Critical) => isChinese ? "仍严重" : "still critical",
        (MessageStatus.StillFiring, _) => isChinese ? "仍警告" : "still warning",
        (_, AlertSeverity.Critical) => isChinese ? "严重" : "critical",
        _ => isChinese ? "警告" : "warning",
    };

    private static string UnitOf(string unit) => unit switch { "percent" => " %", "count" or "score" => "", "bytes" => " B", _ => " " + unit };
}
