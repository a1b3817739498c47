using System.Text.Json;
using Evenkeel.Catalog.Import.Rows;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>Reads the members of one row's object; what has the wrong form fails the row and is named.</summary>
/// <param name="rows">Where problems go.</param>
/// <param name="at">The row.</param>
/// <param name="element">The object.</param>
/// <param name="prefix">Before the names of its members in problems.</param>
internal readonly struct JsonMembers(ReadRows rows, RowRef at, JsonElement element, string prefix = "")
{
    public RowRef At => at;

    public IEnumerable<string> Names => element.EnumerateObject().Select(member => member.Name);

    public string? Text(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.GetString();
            }
            catch (InvalidOperationException)
            {
                // Half a character, escaped.
            }
        }

        rows.Fail(at, prefix + name, ImportTexts.TypeInvalid);
        return null;
    }

    public bool? Flag(string name) => !Has(name, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong<bool>(name);

    public double? Number(string name) => !Has(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : Wrong<double>(name);

    public Guid? Id(string name) => !Has(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id : Wrong<Guid>(name);

    /// <summary>A list of texts, or one text with several values.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!Has(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return TextRules.List(Text(name));
        }

        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String))
        {
            try
            {
                return [.. value.EnumerateArray().Select(one => one.GetString()!)];
            }
            catch (InvalidOperationException)
            {
                // Half a character, escaped.
            }
        }

        rows.Fail(at, prefix + name, ImportTexts.TypeInvalid);
        return [];
    }

    /// <summary>The members of an object in it.</summary>
    public JsonMembers? Object(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new JsonMembers(rows, at, value, $"{prefix}{name}.");
        }

        rows.Fail(at, prefix + name, ImportTexts.TypeInvalid);
        return null;
    }

    private bool Has(string name, out JsonElement value) => element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private T? Wrong<T>(string name)
        where T : struct
    {
        rows.Fail(at, prefix + name, ImportTexts.TypeInvalid);
        return null;
    }
}
