using System.Diagnostics;

namespace Evenkeel.Bench.Outage;

/// <summary>How a turn ended for the person who asked.</summary>
internal enum TurnEnd
{
    /// <summary>The model answered.</summary>
    Answered,

    /// <summary>The built-in responder answered in its place, and the answer said so.</summary>
    FallbackAnswered,

    /// <summary>The turn failed with an error.</summary>
    Failed,

    /// <summary>The message was not accepted, and the person was told to wait.</summary>
    Refused,

    /// <summary>The stream ended without an end of the turn: must never be.</summary>
    Lost,
}

/// <summary>What happened in one second.</summary>
internal sealed class CurveSecond
{
    public int Answered { get; set; }

    public int FallbackAnswered { get; set; }

    public int Failed { get; set; }

    public int Refused { get; set; }

    public int Lost { get; set; }

    /// <summary>"retrying" told to people.</summary>
    public int RetriesTold { get; set; }

    /// <summary>Requests that reached the model.</summary>
    public long ModelCalls { get; set; }

    /// <summary>The longest turn that ended in this second, in milliseconds.</summary>
    public double LongestMs { get; set; }
}

/// <summary>Counts by the second from its making.</summary>
internal sealed class OutageCurve
{
    private readonly Lock _lock = new();
    private readonly List<CurveSecond> _seconds = [];
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Seconds since the start.</summary>
    public double Now => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    /// <summary>The seconds that are over.</summary>
    public IReadOnlyList<CurveSecond> Whole()
    {
        lock (_lock)
        {
            SecondUnderLock();
            return [.. _seconds.Take((int)Now)];
        }
    }

    public void Add(TurnEnd end, double milliseconds, int retriesTold)
    {
        lock (_lock)
        {
            var second = SecondUnderLock();
            second.RetriesTold += retriesTold;
            second.LongestMs = Math.Max(second.LongestMs, milliseconds);
            switch (end)
            {
                case TurnEnd.Answered: second.Answered++; break;
                case TurnEnd.FallbackAnswered: second.FallbackAnswered++; break;
                case TurnEnd.Failed: second.Failed++; break;
                case TurnEnd.Refused: second.Refused++; break;
                default: second.Lost++; break;
            }
        }
    }

    public void AddModelCalls(long calls)
    {
        lock (_lock)
        {
            SecondUnderLock().ModelCalls += calls;
        }
    }

    private CurveSecond SecondUnderLock()
    {
        var index = (int)Now;
        while (_seconds.Count <= index)
        {
            _seconds.Add(new CurveSecond());
        }

        return _seconds[index];
    }
}
