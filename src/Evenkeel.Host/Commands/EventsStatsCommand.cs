using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Retention;
using Spectre.Console;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel events stats</c>: rows and bytes by day and type, the oldest and newest event, and what it will come to.</summary>
internal static class EventsStatsCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var json = EventsCommand.Json();
        var command = new Command("stats", "Count what is stored, by day and type; reads every row once.") { Options = { json, CommandSettings.Data } };
        command.SetAction((parsed, cancellationToken) => EventsCommand.RunAsync(parsed, services => RunAsync(services, parsed.GetValue(json), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, bool isJson, CancellationToken cancellationToken)
    {
        var stats = await EventsTerminal.WithProgressAsync(
            "counting", _ => services.GetRequiredService<ITimelineStats>().OfInstallationAsync(cancellationToken));
        if (isJson)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(stats, Wire.Json));
        }
        else
        {
            Write(stats);
        }

        return 0;
    }

    private static void Write(TimelineStats stats)
    {
        var all = Table("", "");
        all.AddRow("events", EventsTerminal.Number(stats.Rows));
        all.AddRow("on disk", EventsTerminal.Bytes(stats.Bytes));
        all.AddRow("oldest", Time(stats.Oldest));
        all.AddRow("newest", Time(stats.Newest));
        all.AddRow("at retention", $"about {EventsTerminal.Bytes(stats.ProjectedBytes)}");
        EventsTerminal.Results.Write(all.HideHeaders());

        var days = Table("day", "class", "events", "on disk");
        foreach (var day in stats.Days)
        {
            days.AddRow(day.Day.ToString("O", CultureInfo.InvariantCulture), day.Retention, EventsTerminal.Number(day.Rows), EventsTerminal.Bytes(day.Bytes));
        }

        EventsTerminal.Results.Write(days);
        var types = Table("type", "events", "data");
        foreach (var type in stats.Types)
        {
            types.AddRow(Markup.Escape(type.EventType), EventsTerminal.Number(type.Rows), EventsTerminal.Bytes(type.Bytes));
        }

        EventsTerminal.Results.Write(types);
    }

    private static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var index = 0; index < columns.Length; index++)
        {
            var column = new TableColumn(columns[index]);
            table.AddColumn(columns[index] is "events" or "on disk" or "data" ? column.RightAligned() : column);
        }

        return table;
    }

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) is { } text ? $"{text} UTC" : "–";
}
