using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Evenkeel.Knowledge.Reading.Texts;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Html;

/// <summary>HTML: the main content of a page with its headings, lists, tables and code; each passage with the anchor above it.</summary>
internal static partial class HtmlFile
{
    /// <summary>Where a charset has to be declared (HTML, 4.2.5.4), with room for those who do not know.</summary>
    private const int DeclarationWithin = 4096;

    /// <summary>Pages are read up to this size; more is no page that somebody wrote.</summary>
    private const long MostBytes = 20 * 1024 * 1024;

    public static DocumentStructure Read(DocumentFile file, ReadingLimits limits, CancellationToken cancellationToken)
    {
        if (file.Bytes > MostBytes)
        {
            throw new ReadFailedException(KnowledgeReasons.TooLarge);
        }

        var bytes = File.ReadAllBytes(file.Path);
        var text = TextCodec.Decode(bytes, Charset.Of(file.MediaType) ?? Declared(bytes));
        HtmlNesting.Check(text);
        using var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(text);
        cancellationToken.ThrowIfCancellationRequested();
        var outline = new Outline();
        var root = MainContent.Find(document);
        var headings = root.QuerySelectorAll("h1");
        if (headings.Length != 1 && Title(document) is { Length: > 0 } title)
        {
            outline.Title = title;
        }

        new HtmlBlocks(outline, file.Url, limits).Read(root);
        return outline.Finish();
    }

    /// <summary>The page's title, else what it calls itself where it is shared.</summary>
    private static string Title(IHtmlDocument document) =>
        CleanText.Line(document.QuerySelector("meta[property='og:title']")?.GetAttribute("content") is { Length: > 0 } shared ? shared : document.Title ?? "");

    private static string? Declared(byte[] bytes)
    {
        var match = DeclaredCharset().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, DeclarationWithin)));
        return match.Success ? match.Groups["name"].Value : null;
    }

    [GeneratedRegex(@"<(meta|\?xml)[^>]{0,300}(charset|encoding)\s*=\s*[""']?(?<name>[A-Za-z0-9_:-]{2,40})", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex DeclaredCharset();
}
