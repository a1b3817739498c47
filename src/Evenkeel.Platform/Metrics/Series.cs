using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Evenkeel.Platform.Metrics;

/// <summary>How an instrument's measurements are put together.</summary>
internal enum SeriesKind
{
    /// <summary>Added up.</summary>
    Sum,

    /// <summary>The total so far is told at each look.</summary>
    Total,

    /// <summary>The newest value.</summary>
    Last,

    /// <summary>Counted by size.</summary>
    Histogram,
}

/// <summary>All series of one instrument: one for each combination of tags, of which there are only so many.</summary>
internal sealed class InstrumentSeries
{
    /// <summary>More combinations than this are counted together: a tag that grows without end must not fill the memory.</summary>
    public const int Most = 200;

    private const string Rest = "overflow=\"true\"";
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Sizes = [1, 10, 100, 1_000, 10_000, 100_000];

    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);

    public InstrumentSeries(Instrument instrument)
    {
        Instrument = instrument;
        Kind = KindOf(instrument);
        Bounds = Kind != SeriesKind.Histogram ? []
            : instrument is Instrument<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } advised } ? [.. advised]
            : instrument.Unit is "s" ? Seconds : Sizes;
    }

    public Instrument Instrument { get; }

    public SeriesKind Kind { get; }

    /// <summary>Upper bounds of the histogram's buckets, ascending.</summary>
    public double[] Bounds { get; }

    public bool IsCounter => Kind == SeriesKind.Total || Instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal);

    /// <summary>Labels as they are written, with their series, in a fixed order.</summary>
    public IEnumerable<KeyValuePair<string, Series>> All => _series.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            series = _series.GetOrAdd(_series.Count < Most ? labels : Rest, static (_, buckets) => new Series(buckets), Bounds.Length);
        }

        series.Add(value, this);
    }

    private static SeriesKind KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name.StartsWith("Histogram", StringComparison.Ordinal) ? SeriesKind.Histogram
            : name.StartsWith("ObservableCounter", StringComparison.Ordinal) ? SeriesKind.Total
            : name.StartsWith("Counter", StringComparison.Ordinal) || name.StartsWith("UpDownCounter", StringComparison.Ordinal) ? SeriesKind.Sum
            : SeriesKind.Last;
    }
}

/// <summary>One combination of tags.</summary>
internal sealed class Series(int buckets)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[buckets];
    private double _value;
    private long _count;

    public void Add(double value, InstrumentSeries instrument)
    {
        lock (_lock)
        {
            _count++;
            _value = instrument.Kind is SeriesKind.Last or SeriesKind.Total ? value : _value + value;
            for (var index = 0; index < _counts.Length; index++)
            {
                _counts[index] += value <= instrument.Bounds[index] ? 1 : 0;
            }
        }
    }

    /// <summary>Value or sum, count, and cumulative counts of the buckets, of one moment.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_value, _count, [.. _counts]);
        }
    }
}
