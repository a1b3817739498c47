using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Evenkeel.Platform.Data;

/// <summary>What a statement is called where its text must not stand.</summary>
/// <param name="Fingerprint">The first eight hexadecimal digits of the SHA-256 of its text: the same for every run of the same statement.</param>
/// <param name="Summary">Verb and first table, such as <c>SELECT chat_events</c>; of a batch, its first statement and how many follow: <c>UPDATE conversations +2</c>.</param>
public readonly partial record struct StatementName(string Fingerprint, string Summary)
{
    // The program's own statements: a few hundred. One that was put together of parts without end must not fill the memory.
    private const int MostKept = 2_000;

    private static readonly ConcurrentDictionary<string, StatementName> Kept = new(StringComparer.Ordinal);

    /// <summary>Of one statement, or several separated by semicolons.</summary>
    public static StatementName Of(string sql)
    {
        if (Kept.TryGetValue(sql, out var known))
        {
            return known;
        }

        var name = new StatementName(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)).AsSpan(0, 4)), SummaryOf(sql));
        return Kept.Count < MostKept ? Kept.GetOrAdd(sql, name) : name;
    }

    /// <summary>Of the statements of a batch.</summary>
    public static StatementName Of(IReadOnlyList<string> statements)
    {
        if (statements is [var only])
        {
            return Of(only);
        }

        var all = Of(string.Join(";\n", statements));
        return all with { Summary = $"{all.Summary} +{statements.Count - 1}" };
    }

    private static string SummaryOf(string sql)
    {
        var verb = Verb.Match(sql) is { Success: true } found ? found.Value.ToUpperInvariant() : "STATEMENT";
        return Table.Match(sql) is { Success: true } match ? $"{verb} {match.Groups["table"].Value}" : verb;
    }

    [GeneratedRegex(@"\b(?:SELECT|INSERT|UPDATE|DELETE|COPY)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Verb { get; }

    [GeneratedRegex(@"\b(?:FROM|INTO|UPDATE|JOIN)\s+(?<table>[a-z_]{3,63})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Table { get; }
}
