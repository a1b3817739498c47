namespace Evenkeel.Bench.Retrieval;

/// <summary>
/// As many passages as are wanted, with the words of the collections as often as they have them (so by Zipf's law) and rare words besides, as
/// names and numbers are in real documents; and the collections' own questions.
/// </summary>
internal static class SyntheticTexts
{
    private const int Words = 150;
    private const double RareShare = 0.03;

    public static IReadOnlyList<CollectionText> Make(IReadOnlyList<RetrievalCollection> collections, int count, int seed)
    {
        var random = new Random(seed);
        var words = collections.SelectMany(collection => collection.Texts).SelectMany(text => text.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var texts = new CollectionText[count];
        for (var number = 0; number < count; number++)
        {
            // Lengths as passages have them: from a short section to a full passage. Runs of three keep neighbours together.
            var length = random.Next(Words / 3, Words * 5 / 3);
            var text = new List<string>(length + 3);
            while (text.Count < length)
            {
                var start = random.Next(words.Length - 3);
                text.AddRange(random.NextDouble() < RareShare * 3 ? [$"name{random.Next(count)}", words[start], words[start + 1]] : words.AsSpan(start, 3).ToArray());
            }

            texts[number] = new CollectionText($"{number}", "", string.Join(' ', text));
        }

        return texts;
    }
}
