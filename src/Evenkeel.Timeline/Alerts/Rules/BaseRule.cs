using System.Security.Cryptography;
using System.Text;
using Evenkeel.Contracts.Operations;

namespace Evenkeel.Timeline.Alerts.Rules;

/// <summary>A rule that nobody made in the UI: shipped, or of the file. It holds for every organization, or for the installation.</summary>
internal sealed record BaseRule
{
    public required Guid Id { get; init; }

    /// <summary><c>shipped</c> or <c>file</c>.</summary>
    public required string Origin { get; init; }
    public required AlertRuleDefinition Definition { get; init; }
    public string? ChineseName { get; init; }
    public string? ChineseDescription { get; init; }

    /// <summary>The rule's texts in a language.</summary>
    public AlertRuleDefinition In(string language, AlertRuleDefinition definition) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? definition with { Name = ChineseName ?? definition.Name, Description = ChineseDescription ?? definition.Description }
            : definition;

    /// <summary>The same id for the same key at every start and on every node: a version 8 UUID.</summary>
    public static Guid IdOf(string origin, string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{origin}:{key}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>Where a rule comes from.</summary>
internal static class RuleOrigin
{
    public const string Shipped = "shipped";
    public const string File = "file";
    public const string Own = "own";
}
