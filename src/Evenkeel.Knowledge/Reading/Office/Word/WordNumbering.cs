using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Evenkeel.Knowledge.Reading.Office.Word;

/// <summary>Counts lists as Word does, so that an item carries the number people see.</summary>
internal sealed partial class WordNumbering
{
    private const int MostLevels = 9;

    private readonly Dictionary<int, Dictionary<int, Level>> _levels = [];
    private readonly Dictionary<int, int> _counterOf = [];
    private readonly Dictionary<int, int?[]> _counters = [];

    public WordNumbering(MainDocumentPart part)
    {
        var numbering = part.NumberingDefinitionsPart?.Numbering;
        var kinds = (numbering?.Elements<AbstractNum>() ?? []).Where(kind => kind.AbstractNumberId is not null)
            .DistinctBy(kind => kind.AbstractNumberId!.Value).ToDictionary(kind => kind.AbstractNumberId!.Value);
        foreach (var instance in numbering?.Elements<NumberingInstance>() ?? [])
        {
            if (instance.NumberID?.Value is { } id && instance.AbstractNumId?.Val?.Value is { } kind && kinds.TryGetValue(kind, out var found))
            {
                Add(id, kind, found, instance);
            }
        }
    }

    /// <summary>The mark before an item: <c>-</c>, or its number as printed.</summary>
    public string Mark(int id, int level)
    {
        if (level is < 0 or >= MostLevels || !_levels.TryGetValue(id, out var levels) || !levels.TryGetValue(level, out var found)
            || found.NumberingFormat?.Val?.InnerText is null or "bullet" or "none")
        {
            return "-";
        }

        var counters = _counters[_counterOf[id]];
        counters[level] = (counters[level] ?? Start(found) - 1) + 1;
        Array.Clear(counters, level + 1, MostLevels - level - 1);
        var mark = Placeholder().Replace(found.LevelText?.Val?.Value ?? $"%{level + 1}.", match => Number(levels, counters, match.ValueSpan[1] - '1'));
        return mark.Length > 0 ? mark : "-";
    }

    private void Add(int id, int kind, AbstractNum found, NumberingInstance instance)
    {
        var levels = found.Elements<Level>().Where(level => level.LevelIndex is not null).DistinctBy(level => level.LevelIndex!.Value).ToDictionary(level => level.LevelIndex!.Value);
        // An instance that changes anything counts for itself; the others go on where the last one of their kind stopped.
        var counter = instance.Elements<LevelOverride>().Any() ? -1 - id : kind;
        foreach (var change in instance.Elements<LevelOverride>())
        {
            if (change.LevelIndex?.Value is { } index && change.Level is { } level)
            {
                levels[index] = level;
            }
        }

        _levels[id] = levels;
        _counterOf[id] = counter;
        _counters.TryAdd(counter, new int?[MostLevels]);
    }

    private static string Number(Dictionary<int, Level> levels, int?[] counters, int level)
    {
        if (level is < 0 or >= MostLevels || !levels.TryGetValue(level, out var found))
        {
            return "";
        }

        var value = counters[level] ?? Start(found);
        return found.NumberingFormat?.Val?.InnerText switch
        {
            "lowerLetter" => Letter(value).ToLowerInvariant(),
            "upperLetter" => Letter(value),
            "lowerRoman" => Roman(value).ToLowerInvariant(),
            "upperRoman" => Roman(value),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static int Start(Level level) => level.StartNumberingValue?.Val?.Value ?? 1;

    /// <summary>A … Z, AA, BB …, as Word does.</summary>
    private static string Letter(int value)
    {
        const int letters = 26;
        return value < 1 ? "" : new string((char)('A' + ((value - 1) % letters)), Math.Min(((value - 1) / letters) + 1, MostLevels));
    }

    private static string Roman(int value)
    {
        (int Value, string Sign)[] signs = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
        var result = new System.Text.StringBuilder();
        foreach (var (amount, sign) in signs)
        {
            for (; value is < 4000 && value >= amount; value -= amount)
            {
                result.Append(sign);
            }
        }

        return result.ToString();
    }

    [GeneratedRegex("%[1-9]")]
    private static partial Regex Placeholder();
}
