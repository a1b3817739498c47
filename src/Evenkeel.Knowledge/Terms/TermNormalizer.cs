using System.Collections.Concurrent;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// Turns text into the terms it is indexed and searched by; documents and questions go through the same rules. Words become stems by
/// PostgreSQL's dictionaries, which also know the stop words, so that the index and the database never disagree. All languages of a word
/// are looked up at once and remembered: a question of known words needs no round trip, whatever its language.
/// </summary>
public sealed class TermNormalizer(Database database)
{
    /// <summary>About 25 MB. A vocabulary beyond it is learnt again, never wrong.</summary>
    private const int MostKnownWords = 100_000;

    /// <summary>Dictionaries belong to no tenant; this scope sees no tenant's rows.</summary>
    private static readonly DataScope NoTenant = DataScope.Organization(Guid.Empty);

    private static readonly string LookUpSql =
        $"SELECT w, ARRAY[{string.Join(", ", Languages.Dictionaries.Select(name => $"(ts_lexize('pg_catalog.{name}_stem', w))[1]"))}] FROM unnest($1) AS w";

    private readonly ConcurrentDictionary<string, WordForms> _known = new(StringComparer.Ordinal);

    /// <summary>The terms of one text under the English rules, in order, with repetitions.</summary>
    public async ValueTask<IReadOnlyList<string>> NormalizeAsync(string text, CancellationToken cancellationToken) =>
        (await NormalizeAsync([text], cancellationToken))[0];

    /// <summary>The same of several texts; unknown words of all of them are looked up in one round trip.</summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<string>>> NormalizeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        [.. (await TokenizeAsync(texts, cancellationToken)).Select(text =>
            text.Terms.Select(term => term.Forms is null ? term.Text : term.Forms.English).OfType<string>().ToList())];

    /// <summary>The words that terms stand for, as texts have them; of several forms the first.</summary>
    /// <param name="texts">Each with its language.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyDictionary<ulong, string>> WordsAsync(
        IReadOnlyList<(string Text, string Language)> texts, CancellationToken cancellationToken)
    {
        var words = new Dictionary<ulong, string>();
        var tokenized = await TokenizeAsync([.. texts.Select(text => text.Text)], cancellationToken);
        foreach (var (text, (_, language)) in tokenized.Zip(texts))
        {
            var stemmer = Languages.Stemmer(Languages.Of(language));
            foreach (var term in text.Terms)
            {
                words.TryAdd(term.Under(stemmer), term.Text);
            }
        }

        words.Remove(0);
        return words;
    }

    /// <summary>Cuts texts into words with their forms in every language; unknown words are looked up in one round trip.</summary>
    internal async ValueTask<IReadOnlyList<TokenizedText>> TokenizeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var folded = await FoldAsync(texts, cancellationToken);
        var tokens = new List<List<Token>>(folded.Length);
        var forms = new Dictionary<string, WordForms>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in folded)
        {
            var list = new List<Token>(text.Length / 5);
            Tokenizer.Run(text, list);
            tokens.Add(list);
            foreach (var token in list)
            {
                Recall(token, forms, unknown);
            }
        }

        if (unknown.Count > 0)
        {
            await LookUpAsync([.. unknown], forms, cancellationToken);
        }

        return [.. tokens.Select((list, index) => Tokenized(folded[index], list, forms))];
    }

    private void Recall(Token token, Dictionary<string, WordForms> forms, HashSet<string> unknown)
    {
        if (!token.IsWord || forms.ContainsKey(token.Text))
        {
            return;
        }

        if (_known.TryGetValue(token.Text, out var known))
        {
            forms[token.Text] = known;
        }
        else if (token.Text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            unknown.Add(token.Text);
        }
        else
        {
            forms[token.Text] = WordForms.Unchanged(token.Text);
        }
    }

    private static TokenizedText Tokenized(string text, List<Token> tokens, Dictionary<string, WordForms> forms)
    {
        var terms = new TextTerm[tokens.Count];
        var evidence = new LanguageEvidence();
        evidence.AddWriting(text);
        var stopWords = new HashSet<WordForms>(ReferenceEqualityComparer.Instance);
        for (var index = 0; index < terms.Length; index++)
        {
            var token = tokens[index];
            if (token.IsWord)
            {
                var word = forms[token.Text];
                terms[index] = new TextTerm(token.Text, word, 0);
                evidence.AddWord(word, isFirst: word.StopLanguages != 0 && stopWords.Add(word));
            }
            else
            {
                terms[index] = new TextTerm(token.Text, null, TermHash.Of(TermHash.NoStemmer, TermHash.OfStem(token.Text)));
            }
        }

        return new TokenizedText(terms, evidence);
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

    private async Task LookUpAsync(string[] words, Dictionary<string, WordForms> forms, CancellationToken cancellationToken)
    {
        if (_known.Count + words.Length > MostKnownWords)
        {
            _known.Clear();
        }

        await using var batch = database.CreateBatch(NoTenant, isRepeatable: true).Add(LookUpSql, Sql.Value(words));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var word = reader.GetString(0);
            var found = WordForms.Of(word, reader.GetFieldValue<string?[]>(1));
            forms[word] = found;
            if (_known.Count < MostKnownWords)
            {
                _known[word] = found;
            }
        }
    }

    private static string WithoutLoneSurrogates(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
