namespace Evenkeel.Faults.Checking;

/// <summary>Something that had to happen after the last fault.</summary>
/// <param name="What">For people.</param>
/// <param name="After">How long after the last fault it was seen; null when it was not seen at all.</param>
public sealed record Awaited(string What, TimeSpan? After);

/// <summary>What was waited for in one run.</summary>
public sealed record RunProgress
{
    /// <summary>Each turn's end.</summary>
    public required IReadOnlyList<Awaited> Ends { get; init; }

    /// <summary>Each screen: nothing is being typed any more, and the newest message is there.</summary>
    public required IReadOnlyList<Awaited> Clears { get; init; }

    /// <summary>In each conversation, the answer to one message more.</summary>
    public required IReadOnlyList<Awaited> NextAnswers { get; init; }

    /// <summary>With what was waited for afterwards.</summary>
    public RunProgress And(RunProgress later) => new()
    {
        Ends = [.. Ends, .. later.Ends], Clears = [.. Clears, .. later.Clears], NextAnswers = [.. NextAnswers, .. later.NextAnswers],
    };
}

/// <summary>Something good happens in the end: turns end, indicators are cleared, conversations go on.</summary>
public static class LivenessChecker
{
    /// <summary>Whatever took longer than <paramref name="bound"/>, or never came.</summary>
    public static IReadOnlyList<Violation> Check(RunProgress progress, TimeSpan bound) =>
    [
        .. Late("every turn ends", progress.Ends, bound),
        .. Late("typing is cleared on every screen", progress.Clears, bound),
        .. Late("no conversation is blocked", progress.NextAnswers, bound),
    ];

    private static IEnumerable<Violation> Late(string rule, IEnumerable<Awaited> awaited, TimeSpan bound) =>
        awaited.Where(one => one.After is not { } after || after > bound)
            .Select(one => new Violation(rule, one.After is { } after ? $"{one.What} took {after.TotalSeconds:0.0} s" : $"{one.What} never came"));
}
