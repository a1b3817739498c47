using System.Globalization;
using System.Text;
using Evenkeel.Platform.Privacy;

namespace Evenkeel.Platform.Metrics;

/// <summary>The text that Prometheus reads (exposition format 0.0.4).</summary>
internal static class PrometheusText
{
    /// <summary>Tags as labels, sorted, escaped, their texts judged like everything else that leaves the server.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }

        var labels = new string[tags.Length];
        for (var index = 0; index < tags.Length; index++)
        {
            var value = Redaction.Value(tags[index].Key, tags[index].Value);
            labels[index] = $"{Name(tags[index].Key)}=\"{Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\"";
        }

        Array.Sort(labels, StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    public static string Write(IEnumerable<InstrumentSeries> instruments)
    {
        var text = new StringBuilder();
        foreach (var same in instruments.GroupBy(NameOf, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var first = same.First();
            if (!same.Any(instrument => instrument.All.Any()))
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"# HELP {same.Key} {EscapeHelp(first.Instrument.Description ?? first.Instrument.Name)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {same.Key} {TypeOf(first)}\n");
            // Two servers in one process, or a meter made twice, may give the same series: the first stands.
            var written = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (instrument, labels, series) in same.SelectMany(one => one.All.Select(pair => (one, pair.Key, pair.Value))).Where(entry => written.Add(entry.Key)))
            {
                Write(text, same.Key, labels, instrument, series);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string name, string labels, InstrumentSeries instrument, Series series)
    {
        var (value, count, buckets) = series.Read();
        if (instrument.Kind != SeriesKind.Histogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(labels)} {Number(value)}\n");
            return;
        }

        var more = labels.Length == 0 ? "" : labels + ",";
        for (var index = 0; index < buckets.Length; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{more}le=\"{Number(instrument.Bounds[index])}\"}} {buckets[index]}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{more}le=\"+Inf\"}} {count}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(labels)} {Number(value)}\n{name}_count{Braced(labels)} {count}\n");
    }

    private static string NameOf(InstrumentSeries series)
    {
        var name = Name(series.Instrument.Name);
        var unit = series.Instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", "%" => "_percent", _ => "" };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return series.IsCounter ? name + "_total" : name;
    }

    private static string TypeOf(InstrumentSeries series) =>
        series.Kind == SeriesKind.Histogram ? "histogram" : series.IsCounter ? "counter" : "gauge";

    private static string Name(string name) => string.Concat(name.Select((character, index) =>
        char.IsAsciiLetter(character) || character == '_' || (index > 0 && char.IsAsciiDigit(character)) ? character : '_'));

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string EscapeHelp(string help) => help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
