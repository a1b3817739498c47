using System.Globalization;
using System.Text;

namespace Evenkeel.Models.Extractive;

/// <summary>Entries of a catalogue as an answer: a list, best first, each cited.</summary>
internal static class CatalogueList
{
    /// <summary>More are a search, not an answer.</summary>
    private const int Most = 6;

    /// <summary>The list, or null where there are no such entries.</summary>
    public static string? Write(IReadOnlyList<GroundingPassage> passages, bool isChinese)
    {
        GroundingPassage[] entries = [.. passages.Where(passage => passage.Line is not null).Take(Most)];
        if (entries.Length == 0)
            return null;
        var text = new StringBuilder(Introduction(entries.Length, isChinese));
        foreach (var entry in entries)
            text.Append(CultureInfo.InvariantCulture, $"\n- {entry.Line} [{entry.Label}]");
        return text.ToString();
    }

    private static string Introduction(int count, bool isChinese) => (count, isChinese) switch
    {
        (1, true) => "找到以下一项活动：\n",
        (_, true) => string.Create(CultureInfo.InvariantCulture, $"找到以下{count}项活动：\n"),
        (1, false) => "This event fits:\n",
        (_, false) => "These events fit:\n",
    };
}
