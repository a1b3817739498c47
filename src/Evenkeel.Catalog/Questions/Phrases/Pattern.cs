using System.Collections.Frozen;

namespace Evenkeel.Catalog.Questions.Phrases;

/// <summary>Reads one <c>&lt;kind&gt;</c> of a pattern.</summary>
/// <param name="text">The question.</param>
/// <param name="position">Where it would begin; moved behind it where it is there.</param>
/// <param name="value">What it says.</param>
internal delegate bool KindReader(QuestionText text, ref int position, out int value);

/// <summary>
/// A phrase as the tables of rules write it: items with blanks between, which match with and without blanks. An item is words (<c>this|the_current</c>) or a
/// kind (<c>&lt;month&gt;</c>), optional with <c>?</c> at its end. <c>前!端台</c> is a word that must not go on with one of these characters. Matching costs a few
/// comparisons for each item: there is nothing to repeat.
/// </summary>
internal sealed class Pattern
{
    public const int MostValues = 6;

    private readonly Item[] _items;

    public Pattern(string pattern, FrozenDictionary<string, KindReader> kinds)
    {
        var value = 0;
        _items = [.. pattern.Split(' ').Select(part => Item.Parse(part, kinds, ref value))];
    }

    /// <summary>What a match may begin with.</summary>
    public IEnumerable<char>? FirstCharacters
    {
        get
        {
            var required = Array.FindIndex(_items, item => !item.IsOptional);
            var first = _items[..(required + 1)];
            return Array.Exists(first, item => item.Read is not null) ? null : first.SelectMany(item => item.Words).Select(word => word.Text[0]);
        }
    }

    /// <summary>Behind the match that begins at <paramref name="start"/>, or -1.</summary>
    public int Match(QuestionText text, int start, Span<int> values) => Match(text, start, 0, values);

    private int Match(QuestionText text, int position, int index, Span<int> values)
    {
        if (index == _items.Length)
        {
            return position;
        }

        var item = _items[index];
        var end = MatchItem(text, index == 0 ? position : SkipBlanks(text, position), item, index, values);
        if (end >= 0 || !item.IsOptional)
        {
            return end;
        }

        if (item.ValueIndex >= 0)
        {
            values[item.ValueIndex] = 0;
        }

        return Match(text, position, index + 1, values);
    }

    private int MatchItem(QuestionText text, int position, Item item, int index, Span<int> values)
    {
        if (item.Read is { } read)
        {
            return read(text, ref position, out values[item.ValueIndex]) ? Match(text, position, index + 1, values) : -1;
        }

        foreach (var word in item.Words)
        {
            if (word.IsAt(text, position) && Match(text, position + word.Text.Length, index + 1, values) is >= 0 and var end)
            {
                return end;
            }
        }

        return -1;
    }

    private static int SkipBlanks(QuestionText text, int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position;
    }

    private sealed record Item(Literal[] Words, KindReader? Read, int ValueIndex, bool IsOptional)
    {
        public static Item Parse(string part, FrozenDictionary<string, KindReader> kinds, ref int value)
        {
            var isOptional = part.Length > 1 && part[^1] == '?';
            var body = isOptional ? part[..^1] : part;
            return body[0] == '<' && body.Length > 1
                ? new Item([], kinds[body[1..^1]], value++, isOptional)
                : new Item([.. body.Split('|').Select(Literal.Parse)], null, -1, isOptional);
        }
    }

    private sealed record Literal(string Text, string NotBefore)
    {
        public static Literal Parse(string text)
        {
            var mark = text.IndexOf('!', StringComparison.Ordinal);
            return mark > 0 ? new Literal(text[..mark], text[(mark + 1)..]) : new Literal(text.Replace('_', ' '), "");
        }

        public bool IsAt(QuestionText text, int position)
        {
            var end = position + Text.Length;
            if (end > text.Length || !text.Range(position, end).SequenceEqual(Text))
            {
                return false;
            }

            var next = text[end];
            return !(char.IsAsciiLetter(Text[^1]) && char.IsAsciiLetter(next)) && !NotBefore.Contains(next);
        }
    }
}
