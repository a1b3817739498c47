using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace Evenkeel.Knowledge.Splitting;

/// <summary>
/// Markdown: headings make sections, blocks stay as written. Only the block structure is parsed: inline syntax does not matter for
/// cutting, and its parsers are where hostile input costs most.
/// </summary>
internal static partial class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = CreatePipeline();

    public static DocumentStructure Read(string text)
    {
        try
        {
            return new Reader(text).Read(Markdown.Parse(text, Pipeline));
        }
        catch (ArgumentException)
        {
            // Markdig refuses absurd nesting; the words can still be searched.
            return PlainText.Read(text);
        }
    }

    /// <summary>Text without the addresses of its links, which would only add noise to an index.</summary>
    public static string WithoutLinkTargets(string text) => LinkTarget().Replace(text, "]");

    private static MarkdownPipeline CreatePipeline()
    {
        var builder = new MarkdownPipelineBuilder().UseYamlFrontMatter();
        builder.InlineParsers.Clear();
        return builder.Build();
    }

    [GeneratedRegex(@"\]\([^()\s]*(\s""[^""]*"")?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex TableRule();

    [GeneratedRegex(@"!?\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s*#+\s*|\s+#+\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex HeadingSigns();

    [GeneratedRegex(@"\*\*|[*`]|</?[a-zA-Z][^<>]{0,80}>", RegexOptions.ExplicitCapture)]
    private static partial Regex HeadingMarkup();

    private sealed class Reader(string text)
    {
        private readonly Outline _outline = new();

        public DocumentStructure Read(MarkdownDocument document)
        {
            foreach (var block in document)
            {
                switch (block)
                {
                    case YamlFrontMatterBlock or LinkReferenceDefinitionGroup or ThematicBreakBlock or HtmlBlock { Type: HtmlBlockType.Comment }:
                        break;
                    case HeadingBlock heading:
                        _outline.Open(heading.Level, HeadingText(heading));
                        break;
                    default:
                        Add(block);
                        break;
                }
            }

            return _outline.Finish();
        }

        private void Add(Block block)
        {
            var source = Source(block);
            _outline.Add(block switch
            {
                ListBlock list => new TextUnit(source, UnitKind.List, [.. list.Select(Source)]),
                CodeBlock => TextUnit.Verbatim(source),
                ParagraphBlock when TableRule().IsMatch(source) => Table(source),
                _ => TextUnit.Paragraph(source),
            });
        }

        /// <summary>The line over the rule is the header; without one the lines are only kept together.</summary>
        private static TextUnit Table(string source)
        {
            var lines = source.Split('\n');
            return lines.Length > 2 && TableRule().IsMatch(lines[1]) ? TextUnit.Table($"{lines[0]}\n{lines[1]}", lines[2..]) : TextUnit.Verbatim(source);
        }

        private string HeadingText(HeadingBlock heading)
        {
            var source = Source(heading);
            source = heading.IsSetext ? source[..Math.Max(0, source.LastIndexOf('\n'))] : HeadingSigns().Replace(source, "");
            return HeadingMarkup().Replace(Link().Replace(source, "${text}"), "").Replace('\n', ' ').Trim();
        }

        /// <summary>The block as written, from the beginning of its line.</summary>
        private string Source(Block block)
        {
            var start = Math.Clamp(block.Span.Start, 0, text.Length);
            var end = Math.Clamp(block.Span.End + 1, start, text.Length);
            while (start > 0 && text[start - 1] is ' ' or '\t')
            {
                start--;
            }

            return text[start..end].TrimEnd().TrimStart('\n');
        }
    }
}
