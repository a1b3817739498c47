using Evenkeel.Faults.Checking;

namespace Evenkeel.Faults.Runs;

/// <summary>What came of one run.</summary>
public sealed record RunResult
{
    public required FaultPlan Plan { get; init; }

    /// <summary>The fault really happened where it was aimed.</summary>
    public required bool IsHit { get; init; }

    public required IReadOnlyList<Violation> Safety { get; init; }

    public required IReadOnlyList<Violation> Liveness { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>What helps to understand a violation; empty without one.</summary>
    public required string Trace { get; init; }

    public bool IsGood => Safety.Count == 0 && Liveness.Count == 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Plan}: {(IsHit ? "hit" : "not hit")}, {Duration.TotalSeconds:0.0} s"
        + string.Concat(Safety.Select(one => $"\n  safety: {one}")) + string.Concat(Liveness.Select(one => $"\n  liveness: {one}")) + Trace;
}
