using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Timeline.Alerts.Judging;
using MimeKit;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary>What a receiver must look like.</summary>
internal static class ReceiverFields
{
    private const int LongestName = 100;
    private const int LongestTarget = 2_000;
    private const int MostAddresses = 20;

    /// <summary>The receiver with what is asked for; what is absent is as it was.</summary>
    public static ReceiverRow Read(List<FieldProblem> problems, ReceiverRow before, AlertReceiverRequest request)
    {
        var name = TextField.Line(problems, "name", request.Name, LongestName) ?? before.Name;
        if (name.Length == 0)
        {
            problems.Add(FieldProblem.Required("name"));
        }

        var kind = OneOf(problems, "kind", request.Kind ?? before.Kind, ReceiverKind.Webhook, ReceiverKind.Email, ReceiverKind.Log);
        var target = TextField.Line(problems, "target", request.Target, LongestTarget) ?? before.Target;
        CheckTarget(problems, kind, target);
        return before with
        {
            Name = name,
            Kind = kind,
            Target = kind == ReceiverKind.Log ? null : target,
            LeastSeverity = OneOf(problems, "least_severity", request.LeastSeverity ?? before.LeastSeverity, AlertSeverity.Warning, AlertSeverity.Critical),
            Language = OneOf(problems, "language", request.Language ?? before.Language, RequestLanguage.English, RequestLanguage.Chinese),
            IsEnabled = request.IsEnabled ?? before.IsEnabled,
        };
    }

    private static void CheckTarget(List<FieldProblem> problems, string kind, string? target)
    {
        if (kind == ReceiverKind.Webhook && !(Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "" }))
        {
            problems.Add(new FieldProblem("target", "An address that begins with https://, without a password in it.", "应为以 https:// 开头的地址，且不含密码。"));
        }
        else if (kind == ReceiverKind.Email && !AreAddresses(target))
        {
            problems.Add(new FieldProblem("target", $"One to {MostAddresses} e-mail addresses, separated by commas.", $"1 到 {MostAddresses} 个电子邮件地址，用逗号分隔。"));
        }
    }

    private static bool AreAddresses(string? target) =>
        InternetAddressList.TryParse(target, out var addresses) && addresses.Count is > 0 and <= MostAddresses
        && addresses.All(address => address is MailboxAddress { Address: { } one } && one.Contains('@', StringComparison.Ordinal));

    private static string OneOf(List<FieldProblem> problems, string field, string value, params ReadOnlySpan<string> allowed)
    {
        if (!allowed.Contains(value))
        {
            problems.Add(new FieldProblem(field, $"One of: {string.Join(", ", allowed)}.", $"应为以下之一：{string.Join("、", allowed)}。"));
        }

        return value;
    }
}
