using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Chat.Catalogue;

/// <summary>What the person is told of a place that is not known.</summary>
internal static class UnknownPlaces
{
    /// <summary>"I do not know … Did you mean …", or null where every place is known.</summary>
    public static string? NoteFor(UnderstoodQuestion understood, string language)
    {
        if (understood.UnknownPlaces.Count == 0)
        {
            return null;
        }

        var named = understood.UnknownPlaces.Select(place => place.Text).Distinct(StringComparer.OrdinalIgnoreCase);
        var meant = understood.UnknownPlaces.SelectMany(place => place.Suggestions).Select(Name).Distinct().ToList();
        return language == "zh"
            ? $"我不认识“{string.Join("”、“", named)}”这个地点。{(meant.Count == 0 ? "请换一种说法，例如加上国家名称。" : $"您是指{string.Join("或", meant)}吗？")}"
            : $"I do not know a place called “{string.Join("”, “", named)}”. {(meant.Count == 0 ? "Could you name it differently, for example with its country?" : $"Did you mean {string.Join(" or ", meant)}?")}";
    }

    private static string Name(PlaceSuggestion place) => place.Country is { } country && country != place.Name ? $"{place.Name} ({country})" : place.Name;
}
