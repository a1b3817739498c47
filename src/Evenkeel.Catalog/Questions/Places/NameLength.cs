using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>How many words one name may take.</summary>
internal static class NameLength
{
    /// <summary>Words from one on that may be one name.</summary>
    public static int MostWordsAt(QuestionText text, int index, int most)
    {
        var count = 1;
        while (count < most && index + count < text.Words.Count && IsOneName(text, text.Words[index + count - 1].End, text.Words[index + count].Start))
        {
            count++;
        }

        return count;
    }

    /// <summary>The first word behind a place in the text.</summary>
    public static int WordBehind(QuestionText text, int index, int end)
    {
        while (index < text.Words.Count && text.Words[index].Start < end)
        {
            index++;
        }

        return index;
    }

    /// <summary>Whether what stands between two words may stand in a name: "Aix-en-Provence", "St. Gallen", "Xi'an".</summary>
    private static bool IsOneName(QuestionText text, int end, int start) => text.Range(end, start) is " " or "-" or ". " or "." or "'" or "' ";
}
