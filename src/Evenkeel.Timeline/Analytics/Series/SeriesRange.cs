using Evenkeel.Platform.Errors;

namespace Evenkeel.Timeline.Analytics.Series;

/// <summary>For how many days numbers are kept.</summary>
/// <param name="Minutes">Those of minutes.</param>
/// <param name="Hours">Those of hours and days.</param>
internal readonly record struct KeptDays(int Minutes, int Hours);

/// <summary>A range of time, cut into steps that numbers exist for.</summary>
internal sealed record SeriesRange(DateTimeOffset From, DateTimeOffset To, int Resolution, int StepSeconds)
{
    private const int WantedPoints = 300;
    private const int MostPoints = 1_500;

    private static readonly int[] Steps =
        [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 2 * 86_400, 7 * 86_400];

    private static readonly TimeSpan Default = TimeSpan.FromDays(1);

    /// <summary>Null with a problem.</summary>
    public static SeriesRange? Read(List<FieldProblem> problems, (DateTimeOffset? From, DateTimeOffset? To, int? Step) asked, KeptDays kept, DateTimeOffset now)
    {
        // What is to come has no numbers, and a year far away no other reading.
        var latest = now.AddDays(1);
        var to = asked.To is null ? now : asked.To > latest ? latest : asked.To.Value;
        if (to < DateTimeOffset.UnixEpoch.AddDays(kept.Hours + 2) || asked.From < DateTimeOffset.UnixEpoch)
        {
            problems.Add(new FieldProblem(asked.From < DateTimeOffset.UnixEpoch ? "from" : "to", "There are no numbers of that time.", "该时间没有数据。"));
            return null;
        }

        var from = asked.From ?? to - Default;
        if (from >= to)
        {
            problems.Add(new FieldProblem("from", "It must be before to.", "必须早于 to。"));
            return null;
        }

        if (to - from > TimeSpan.FromDays(kept.Hours + 1))
        {
            problems.Add(new FieldProblem("from", $"At most {kept.Hours} days before to.", $"最多早于 to {kept.Hours} 天。"));
            return null;
        }

        return Cut(problems, (from, to, asked.Step), from < now.AddDays(-kept.Minutes) ? Analytics.Resolution.Hour : Analytics.Resolution.Minute);
    }

    private static SeriesRange? Cut(List<FieldProblem> problems, (DateTimeOffset From, DateTimeOffset To, int? Step) asked, int finest)
    {
        var seconds = (asked.To - asked.From).TotalSeconds;
        if (asked.Step is { } given && (given < finest || given % finest != 0 || given > 31 * Analytics.Resolution.Day))
        {
            problems.Add(new FieldProblem("step", $"A multiple of {finest} seconds: of that time finer numbers are not kept.", $"必须是 {finest} 秒的倍数：该时间段没有更细的数据。"));
            return null;
        }

        if (asked.Step is { } fine && seconds / fine > MostPoints)
        {
            problems.Add(new FieldProblem("step", $"That would be more than {MostPoints:N0} points.", $"数据点将超过 {MostPoints:N0} 个。"));
            return null;
        }

        var step = asked.Step ?? Steps.First(one => one >= finest && (seconds / one <= WantedPoints || one == Steps[^1]));
        return new SeriesRange(Analytics.Resolution.Floor(asked.From, step), Analytics.Resolution.Ceiling(asked.To, step), Coarsest(step), step);
    }

    // Rolled up from the finest there is, so the sums are the same; but of a day there is one row to read instead of 1,440.
    private static int Coarsest(int step) =>
        step % Analytics.Resolution.Day == 0 ? Analytics.Resolution.Day : step % Analytics.Resolution.Hour == 0 ? Analytics.Resolution.Hour : Analytics.Resolution.Minute;
}
