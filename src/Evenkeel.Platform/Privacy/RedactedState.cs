using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.Privacy;

/// <summary>A log entry's values after redaction, and its message written from them: the original's own words are its template, never its values.</summary>
internal sealed class RedactedState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string Template = "{OriginalFormat}";

    private readonly KeyValuePair<string, object?>[] _values;
    private readonly string _message;

    private RedactedState(KeyValuePair<string, object?>[] values, string message) => (_values, _message) = (values, message);

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public static RedactedState Of<TState>(TState state, EventId eventId)
    {
        try
        {
            return Read(state, eventId);
        }
        catch (Exception)
        {
            return new RedactedState([], Redaction.Fail());
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _message;

    private static RedactedState Read<TState>(TState state, EventId eventId)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> given)
        {
            // Words without a template: nobody can tell whose.
            return new RedactedState([], $"[text of {typeof(TState).Name}]");
        }

        var template = "";
        var values = new List<KeyValuePair<string, object?>>(given.Count + 1);
        foreach (var (name, value) in given)
        {
            template = name == Template ? value as string ?? "" : template;
            values.Add(new(name, name == Template ? value : Redaction.Value(name, value)));
        }

        if (eventId.Name is { Length: > 0 } name2 && template.Length > 0)
        {
            values.Add(new("event", name2));
        }

        return new RedactedState([.. values], MessageTemplate.Of(template).Write(values));
    }
}

/// <summary>A scope's values after redaction, judged when somebody reads them.</summary>
internal sealed class RedactedScope(object state) : IEnumerable<KeyValuePair<string, object?>>
{
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        if (state is IEnumerable<KeyValuePair<string, object?>> values)
        {
            foreach (var (name, value) in values)
            {
                yield return new(name, Redaction.Value(name, value));
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', this.Where(pair => pair.Key != "{OriginalFormat}").Select(pair => $"{pair.Key}:{pair.Value}"));
}

/// <summary>A template such as <c>Turn {TurnId} took {Milliseconds:0} ms</c>, taken apart once.</summary>
internal sealed class MessageTemplate
{
    // Templates are constants of the code; a caller that makes them at run time must not fill the memory.
    private const int MostRemembered = 2_000;
    private static readonly ConcurrentDictionary<string, MessageTemplate> Known = new(StringComparer.Ordinal);

    private readonly List<(string Words, string? Hole, string? Format)> _parts = [];

    private MessageTemplate(string template)
    {
        var position = 0;
        while (position < template.Length)
        {
            var open = template.IndexOf('{', position);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            var hole = template[(open + 1)..close].Split(':', 2);
            _parts.Add((template[position..open], hole[0].Split(',')[0].Trim(), hole.Length > 1 ? hole[1] : null));
            position = close + 1;
        }

        _parts.Add((template[position..], null, null));
    }

    public static MessageTemplate Of(string template) =>
        Known.TryGetValue(template, out var known) ? known
        : Known.Count >= MostRemembered ? new MessageTemplate(template)
        : Known.GetOrAdd(template, static text => new MessageTemplate(text));

    public string Write(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var text = new StringBuilder();
        foreach (var (words, hole, format) in _parts)
        {
            text.Append(words);
            if (hole is not null)
            {
                var value = values.FirstOrDefault(pair => string.Equals(pair.Key, hole, StringComparison.OrdinalIgnoreCase)).Value;
                text.Append(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value ?? "(null)");
            }
        }

        return text.ToString();
    }
}
