using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Evenkeel.Host.Server.Demo;

/// <summary>An entry of <c>catalogue.json</c>: an event as it is imported, but for its days, which are counted from a day.</summary>
internal sealed record DemoEvent
{
    private const int DaysOfWeek = 7;

    public required string Key { get; init; }

    /// <summary>Weeks after the present one, which is 0.</summary>
    public required int Week { get; init; }

    /// <summary>1 = Monday.</summary>
    public required int Day { get; init; }

    /// <summary>Days it takes.</summary>
    public int Days { get; init; } = 1;

    /// <summary>Time of the first day, such as 09:00; absent = without times.</summary>
    public string? From { get; init; }

    /// <summary>Time of the last day.</summary>
    public string? Until { get; init; }

    /// <summary>Weeks from one time to the next.</summary>
    public int EveryWeeks { get; init; }

    /// <summary>How often it takes place.</summary>
    public int Times { get; init; } = 1;

    /// <summary>All other members, which are those of an import.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Others { get; init; } = [];

    /// <summary>One event for each time, with the days of the calendar.</summary>
    public IEnumerable<JsonObject> On(DateOnly today)
    {
        var monday = today.AddDays(-((int)today.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek);
        for (var time = 0; time < Times; time++)
        {
            var first = monday.AddDays((Week + (time * EveryWeeks)) * DaysOfWeek + Day - 1);
            var row = new JsonObject
            {
                ["key"] = Times == 1 ? Key : $"{Key}-{time + 1}", ["starts"] = Moment(first, From), ["ends"] = Moment(first.AddDays(Days - 1), Until),
            };
            foreach (var (name, value) in Others)
            {
                row[name] = JsonNode.Parse(value.GetRawText());
            }

            yield return row;
        }
    }

    private static string Moment(DateOnly day, string? time) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (time is null ? "" : $"T{time}");
}
