using System.Collections.Concurrent;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// Turns text into the terms it is indexed and searched by; documents and questions go through the same rules. Words become stems by
/// PostgreSQL's English dictionary, which drops stop words, so that the index and the database never disagree. Words already seen are
/// remembered: a question of known words needs no round trip.
/// </summary>
public sealed class TermNormalizer(Database database)
{
    /// <summary>About 10 MB. A vocabulary beyond it is learnt again, never wrong.</summary>
    private const int MostKnownWords = 100_000;

    /// <summary>Dictionaries belong to no tenant; this scope sees no tenant's rows.</summary>
    private static readonly DataScope NoTenant = DataScope.Organization(Guid.Empty);

    /// <summary>Word to stem; null for a stop word.</summary>
    private readonly ConcurrentDictionary<string, string?> _known = new(StringComparer.Ordinal);

    /// <summary>The terms of one text, in order, with repetitions.</summary>
    public async ValueTask<IReadOnlyList<string>> NormalizeAsync(string text, CancellationToken cancellationToken) =>
        (await NormalizeAsync([text], cancellationToken))[0];

    /// <summary>The terms of several texts; unknown words of all of them are looked up in one round trip.</summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<string>>> NormalizeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var folded = await FoldAsync(texts, cancellationToken);
        var tokens = new List<List<Token>>(folded.Length);
        var stems = new Dictionary<string, string?>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in folded)
        {
            var list = new List<Token>(text.Length / 5);
            Tokenizer.Run(text, list);
            tokens.Add(list);
            foreach (var token in list)
            {
                Recall(token, stems, unknown);
            }
        }

        if (unknown.Count > 0)
        {
            await LookUpAsync([.. unknown], stems, cancellationToken);
        }

        return tokens.ConvertAll(list => Terms(list, stems));
    }

    private void Recall(Token token, Dictionary<string, string?> stems, HashSet<string> unknown)
    {
        if (!token.IsWord || stems.ContainsKey(token.Text))
        {
            return;
        }

        if (_known.TryGetValue(token.Text, out var stem))
        {
            stems[token.Text] = stem;
        }
        else
        {
            unknown.Add(token.Text);
        }
    }

    private static List<string> Terms(List<Token> tokens, Dictionary<string, string?> stems)
    {
        var terms = new List<string>(tokens.Count);
        foreach (var token in tokens)
        {
            if ((token.IsWord ? stems[token.Text] : token.Text) is { } term)
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    private async Task<string[]> FoldAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var folded = new string[texts.Count];
        List<int>? unusual = null;
        for (var index = 0; index < folded.Length; index++)
        {
            folded[index] = CharacterFolding.Fold(texts[index]);
            if (CharacterFolding.NeedsDatabase(folded[index]))
            {
                (unusual ??= []).Add(index);
            }
        }

        if (unusual is not null)
        {
            var normalized = await NormalizeUnicodeAsync([.. unusual.Select(index => WithoutLoneSurrogates(folded[index]))], cancellationToken);
            for (var index = 0; index < unusual.Count; index++)
            {
                folded[unusual[index]] = normalized[index];
            }
        }

        return folded;
    }

    private async Task<List<string>> NormalizeUnicodeAsync(string[] texts, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(NoTenant, isRepeatable: true).Add(
            "SELECT normalize(t, NFKC) FROM unnest($1) WITH ORDINALITY AS given (t, n) ORDER BY n",
            Sql.Value(texts));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var normalized = new List<string>(texts.Length);
        while (await reader.ReadAsync(cancellationToken))
        {
            normalized.Add(reader.GetString(0));
        }

        return normalized;
    }

    private async Task LookUpAsync(string[] words, Dictionary<string, string?> stems, CancellationToken cancellationToken)
    {
        if (_known.Count + words.Length > MostKnownWords)
        {
            _known.Clear();
        }

        await using var batch = database.CreateBatch(NoTenant, isRepeatable: true).Add(
            "SELECT w, (ts_lexize('pg_catalog.english_stem', w))[1] FROM unnest($1) AS w",
            Sql.Value(words));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var word = reader.GetString(0);
            var stem = await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1);
            // One string object for both where the stem is the word itself: most are.
            stem = stem == word ? word : stem;
            stems[word] = stem;
            if (_known.Count < MostKnownWords)
            {
                _known[word] = stem;
            }
        }
    }

    private static string WithoutLoneSurrogates(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
