using System.Text.RegularExpressions;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>Holds rows to the rules of addresses, categories and languages. An event is right without them: what is wrong with them is left out and said.</summary>
internal sealed partial class CheckValues(ReadRows rows)
{
    private const int MostUrl = 2_000;
    private const int MostValues = 20;
    private const int MostCategory = 60;

    public string? Url(EventRow row)
    {
        var url = row.Url?.Trim();
        if (string.IsNullOrEmpty(url))
        {
            return null;
        }

        if (url.Length <= MostUrl && !url.Any(char.IsControl) && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 && address.Host.Length > 0)
        {
            return url;
        }

        rows.Warn(row.At, "url", ImportTexts.UrlInvalid, url);
        return null;
    }

    public string[] Categories(EventRow row)
    {
        var all = row.Categories.Select(one => TextRules.Line(one).ToLowerInvariant()).Where(one => one.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var fitting = all.Where(one => one.Length <= MostCategory).Take(MostValues).Order(StringComparer.Ordinal).ToArray();
        if (fitting.Length < all.Count)
        {
            rows.Warn(row.At, "categories", ImportTexts.CategoryInvalid);
        }

        return fitting;
    }

    public string[] Languages(EventRow row)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var given in row.Languages.Select(TextRules.Line).Where(one => one.Length > 0))
        {
            var tag = given.Replace('_', '-');
            if (found.Count < MostValues && Language.IsMatch(tag))
            {
                var parts = tag.Split('-', 2);
                found.Add(parts.Length == 1 ? parts[0].ToLowerInvariant() : $"{parts[0].ToLowerInvariant()}-{parts[1]}");
            }
            else
            {
                rows.Warn(row.At, "languages", ImportTexts.LanguageInvalid, given);
            }
        }

        return [.. found];
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Language { get; }
}
