namespace Evenkeel.Models.Extractive;

/// <summary>Cuts an answer into the pieces it is streamed in: words, or a few Chinese characters.</summary>
internal static class AnswerPieces
{
    private const int WideCharactersPerPiece = 4;

    public static IEnumerable<string> Split(string answer)
    {
        var start = 0;
        for (var index = 1; index < answer.Length; index++)
        {
            var startsWord = char.IsWhiteSpace(answer[index]) && !char.IsWhiteSpace(answer[index - 1]);
            var isLongEnough = index - start >= WideCharactersPerPiece && Terms.IsWide(answer[index]) && !char.IsLowSurrogate(answer[index]);
            if (!startsWord && !isLongEnough)
                continue;
            yield return answer[start..index];
            start = index;
        }
        if (start < answer.Length)
            yield return answer[start..];
    }
}
