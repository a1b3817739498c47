using System.Globalization;
using Spectre.Console;

namespace Evenkeel.Host.Commands;

/// <summary>How the verbs of events write: results to standard output, progress to standard error, so that results can be piped.</summary>
internal static class EventsTerminal
{
    private const int WidthWithoutTerminal = 160;

    /// <summary>For results.</summary>
    public static IAnsiConsole Results { get; } = Create(Console.Out, Console.IsOutputRedirected);

    private static readonly IAnsiConsole Progress = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Shows a bar while <paramref name="work"/> runs; nothing where nobody looks.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="work">Is given a way to say how far it is: done, of all, and in words. All = 0: nobody knows.</param>
    public static async Task<T> WithProgressAsync<T>(string title, Func<Action<long, long, string>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work((_, _, _) => { });
        }

        return await Progress.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                task.IsIndeterminate = true;
                return await work((done, all, words) =>
                {
                    task.IsIndeterminate = all == 0;
                    task.MaxValue = Math.Max(1, all);
                    task.Value = done;
                    task.Description = Markup.Escape($"{title}: {words}");
                });
            });
    }

    /// <summary>Such as <c>12.3 MB</c>.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        double value = bytes;
        var unit = 0;
        while (value >= 1_000 && unit < units.Length - 1)
        {
            value /= 1_000;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }

    /// <summary>Such as <c>1,234,567</c>.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (isRedirected)
        {
            console.Profile.Width = WidthWithoutTerminal;
            console.Profile.Capabilities.Ansi = false;
        }

        return console;
    }
}
