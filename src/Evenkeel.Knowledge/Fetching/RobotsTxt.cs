using System.Globalization;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>What a site's robots.txt says to us (RFC 9309): the longest rule that matches an address decides, allowing wins a tie.</summary>
internal sealed class RobotsTxt
{
    /// <summary>Bytes that are read of one; what comes after does not count.</summary>
    public const int MostBytes = 512 * 1024;

    // A courtesy: whoever asks for more would never be fetched through.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>A site without rules.</summary>
    public static readonly RobotsTxt Empty = new([], null, []);

    private readonly IReadOnlyList<RobotsRule> _rules;

    private RobotsTxt(IReadOnlyList<RobotsRule> rules, TimeSpan? crawlDelay, IReadOnlyList<string> sitemaps) =>
        (_rules, CrawlDelay, Sitemaps) = (rules, crawlDelay, sitemaps);

    /// <summary>The pause it asks for between two requests, within bounds.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <summary>The sitemaps it names, as it names them.</summary>
    public IReadOnlyList<string> Sitemaps { get; }

    /// <summary>Reads one for a program of this name.</summary>
    public static RobotsTxt Parse(string text, string agent)
    {
        var groups = new RobotsGroups(agent);
        foreach (var line in text.TrimStart('\uFEFF').EnumerateLines())
        {
            var comment = line.IndexOf('#');
            var plain = comment < 0 ? line : line[..comment];
            var colon = plain.IndexOf(':');
            if (colon > 0)
            {
                groups.Add(plain[..colon].Trim().ToString().ToLowerInvariant(), plain[(colon + 1)..].Trim().ToString());
            }
        }

        var (rules, delay) = groups.Ours;
        return new RobotsTxt(rules, DelayOf(delay), groups.Sitemaps);
    }

    /// <summary>Whether we may request an address of its site.</summary>
    public bool Allows(Uri address)
    {
        var path = WebAddress.NormalizeEscapes(address.PathAndQuery);
        if (path == "/robots.txt")
        {
            return true;
        }

        RobotsRule? best = null;
        foreach (var rule in _rules)
        {
            if ((best is null || rule.Length > best.Length || (rule.Length == best.Length && rule.Allows)) && rule.Matches(path))
            {
                best = rule;
            }
        }

        return best?.Allows != false;
    }

    private static TimeSpan? DelayOf(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestDelay.TotalSeconds))
            : null;
}
