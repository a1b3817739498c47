namespace Evenkeel.Catalog.Import.Calendars;

/// <summary>A line of a calendar, unfolded.</summary>
/// <param name="Number">Line of the file where it begins, from 1.</param>
/// <param name="Text">All of it.</param>
internal readonly record struct ContentLine(int Number, string Text)
{
    /// <summary>Such as <c>DTSTART</c>.</summary>
    public ReadOnlySpan<char> Name => Text.AsSpan(0, Text.AsSpan().IndexOfAny(';', ':') is >= 0 and var end ? end : Text.Length);

    public ReadOnlySpan<char> Value => Colon is >= 0 and var colon ? Text.AsSpan(colon + 1) : default;

    /// <summary>The value of a parameter, without quotation marks; null where it has none.</summary>
    public string? Parameter(string name) => Find(name) is { } place ? Text[place].Trim('"') : null;

    /// <summary>The line with another value of a parameter that it has.</summary>
    public ContentLine With(string name, string value) =>
        Find(name) is { } place ? this with { Text = string.Concat(Text.AsSpan(0, place.Start.Value), value, Text.AsSpan(place.End.Value)) } : this;

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The colon before the value: not one in quotation marks, as in <c>TZID="Custom: one"</c>.</summary>
    private int Colon
    {
        get
        {
            var isQuoted = false;
            for (var index = 0; index < Text.Length; index++)
            {
                isQuoted ^= Text[index] == '"';
                if (Text[index] == ':' && !isQuoted)
                {
                    return index;
                }
            }

            return -1;
        }
    }

    private Range? Find(string name)
    {
        var end = Colon;
        var head = Text.AsSpan(0, Math.Max(end, 0));
        var begin = head.IndexOf($";{name}=", StringComparison.OrdinalIgnoreCase);
        if (begin < 0)
        {
            return null;
        }

        begin += name.Length + 2;
        var rest = head[begin..];
        var length = rest is ['"', ..] ? rest[1..].IndexOf('"') + 2 : rest.IndexOf(';');
        return begin..(length < 1 ? end : begin + length);
    }

    /// <summary>Lines of a file; those that begin with a blank or tab go on with the one before.</summary>
    public static IEnumerable<ContentLine> Of(string text)
    {
        var current = new System.Text.StringBuilder();
        int number = 0, began = 0;
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line is [' ' or '\t', ..] && current.Length > 0)
            {
                current.Append(line, 1, line.Length - 1);
                continue;
            }

            if (current.Length > 0)
            {
                yield return new ContentLine(began, current.ToString());
            }

            current.Clear().Append(line);
            began = number;
        }

        if (current.Length > 0)
        {
            yield return new ContentLine(began, current.ToString());
        }
    }
}
