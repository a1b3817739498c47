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

    // Tags as they are measured, by their labels: they are judged and written once, not at every measurement.
    private const int MostTags = 1_000;

    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series> _byTags = new(TagsComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _seriesOf;
    private int _tags;

    public InstrumentSeries(Instrument instrument)
    {
        Instrument = instrument;
        _seriesOf = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
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
        if (!_seriesOf.TryGetValue(tags, out var series))
        {
            series = Find(PrometheusText.Labels(tags));
            if (Volatile.Read(ref _tags) < MostTags && _seriesOf.TryAdd(tags, series))
            {
                Interlocked.Increment(ref _tags);
            }
        }

        series.Add(value, this);
    }

    private Series Find(string labels) => _series.TryGetValue(labels, out var series)
        ? series
        : _series.GetOrAdd(_series.Count < Most ? labels : Rest, static (_, buckets) => new Series(buckets), Bounds.Length);

    private static SeriesKind KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name.StartsWith("Histogram", StringComparison.Ordinal) ? SeriesKind.Histogram
            : name.StartsWith("ObservableCounter", StringComparison.Ordinal) ? SeriesKind.Total
            : name.StartsWith("Counter", StringComparison.Ordinal) || name.StartsWith("UpDownCounter", StringComparison.Ordinal) ? SeriesKind.Sum
            : SeriesKind.Last;
    }
}

/// <summary>Compares tags where they stand, without a copy.</summary>
internal sealed class TagsComparer :
    IEqualityComparer<KeyValuePair<string, object?>[]>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    public static readonly TagsComparer Instance = new();

    public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) => Equals(x.AsSpan(), y!);

    public int GetHashCode(KeyValuePair<string, object?>[] obj) => GetHashCode(obj.AsSpan());

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => alternate.ToArray();

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other)
    {
        if (alternate.Length != other.Length)
        {
            return false;
        }

        for (var index = 0; index < other.Length; index++)
        {
            if (alternate[index].Key != other[index].Key || !Equals(alternate[index].Value, other[index].Value))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = default(HashCode);
        foreach (var (name, value) in alternate)
        {
            hash.Add(name);
            hash.Add(value);
        }

        return hash.ToHashCode();
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
