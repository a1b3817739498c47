using System.Globalization;
using Evenkeel.Contracts.Errors;

namespace Evenkeel.Models;

/// <summary>A failure asked for by <c>X-Debug-Force-Error: &lt;error_code&gt;[;count=N]</c>.</summary>
/// <param name="Code">A code of <see cref="ErrorCode"/>.</param>
/// <param name="Count">How many model calls fail, from 1; null = all of them. Without meaning for other codes than the model's.</param>
public sealed record ForcedError(string Code, int? Count)
{
    /// <summary>Whether it is a model call that fails: retries and fallbacks go their way.</summary>
    public bool IsOfModel => Code is ErrorCode.LlmUnavailable or ErrorCode.LlmTimeout;

    /// <summary>Reads the header's form.</summary>
    /// <returns>Null when it is not of that form, or names no code.</returns>
    public static ForcedError? Parse(string text)
    {
        var parts = text.Split(';', 2, StringSplitOptions.TrimEntries);
        if (ErrorCatalogue.Of(parts[0]).Code != parts[0])
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return new ForcedError(parts[0], null);
        }

        return parts[1].StartsWith("count=", StringComparison.Ordinal)
            && int.TryParse(parts[1]["count=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? new ForcedError(parts[0], count)
            : null;
    }

    /// <summary>The header's form.</summary>
    public override string ToString() => Count is { } count ? string.Create(CultureInfo.InvariantCulture, $"{Code};count={count}") : Code;
}
