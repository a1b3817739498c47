using AngleSharp.Dom;

namespace Evenkeel.Knowledge.Reading.Html;

/// <summary>Lists, definitions and rows of tables.</summary>
internal static class HtmlLists
{
    private const int MostDepth = 40;
    private const int MostSpan = 64;

    /// <summary>Items as Markdown lines; inner lists are indented below theirs.</summary>
    public static IEnumerable<string> Items(IElement list, int depth, string? url)
    {
        var isOrdered = list.LocalName == "ol";
        var number = int.TryParse(list.GetAttribute("start"), out var start) ? start : 1;
        foreach (var item in list.Children.Where(child => !MainContent.IsAround(child, isInMain: true)))
        {
            if (item.LocalName is "ul" or "ol")
            {
                if (depth < MostDepth)
                {
                    yield return string.Join('\n', Items(item, depth + 1, url));
                }

                continue;
            }

            var mark = isOrdered ? $"{number++}." : "-";
            var indent = new string(' ', (isOrdered ? 3 : 2) * depth);
            var lines = Parts(item, depth, url).Where(part => part.Length > 0).ToList();
            if (lines.Count > 0)
            {
                yield return $"{indent}{mark} {string.Join('\n', lines)}";
            }
        }
    }

    /// <summary>"Term: what it means", a line each.</summary>
    public static IEnumerable<string> Definitions(IElement list, string? url)
    {
        var term = "";
        foreach (var part in list.QuerySelectorAll("dt, dd"))
        {
            var text = HtmlInline.Text(part, url).Replace('\n', ' ');
            if (part.LocalName == "dt")
            {
                term = text;
            }
            else if (text.Length > 0)
            {
                yield return term.Length > 0 ? $"- {term}: {text}" : $"- {text}";
            }
        }
    }

    /// <summary>Rows of a table itself, not of tables in it; a wide cell has empty ones behind it.</summary>
    public static List<IReadOnlyList<string>> Rows(IElement table, string? url)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var row in table.Children.SelectMany(child => child.LocalName is "thead" or "tbody" or "tfoot" ? child.Children.AsEnumerable() : [child]).Where(row => row.LocalName == "tr"))
        {
            rows.Add([.. row.Children.Where(cell => cell.LocalName is "td" or "th").SelectMany(cell => Cell(cell, url))]);
        }

        return rows;
    }

    private static IEnumerable<string> Cell(IElement cell, string? url)
    {
        var span = int.TryParse(cell.GetAttribute("colspan"), out var columns) ? Math.Clamp(columns, 1, MostSpan) : 1;
        return [HtmlInline.Text(cell, url), .. Enumerable.Repeat("", span - 1)];
    }

    /// <summary>The item's own text, then the lists in it.</summary>
    private static IEnumerable<string> Parts(IElement item, int depth, string? url)
    {
        var own = new System.Text.StringBuilder();
        foreach (var child in item.ChildNodes)
        {
            own.Append(child switch
            {
                IText text => text.Data,
                IElement element when element.LocalName is "ul" or "ol" || MainContent.IsAround(element, isInMain: true) => "",
                IElement element => HtmlInline.IsBlock(element) ? $" {HtmlInline.Text(element, url)} " : HtmlInline.Text(element, url, keepsSpace: true),
                _ => "",
            });
        }

        yield return HtmlInline.Collapse(own.ToString()).Replace('\n', ' ');
        if (depth < MostDepth)
        {
            foreach (var inner in item.Children.Where(child => child.LocalName is "ul" or "ol"))
            {
                yield return string.Join('\n', Items(inner, depth + 1, url));
            }
        }
    }
}
