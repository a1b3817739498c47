using System.Globalization;
using System.Text;

namespace Evenkeel.Bench.Ingest;

/// <summary>Documents like those people upload: headings, paragraphs, lists and tables, words by Zipf's law; always the same for a seed.</summary>
internal sealed class SampleDocuments(int seed)
{
    private const int LinesPerPage = 40;
    private static readonly string[] Words = [.. Enumerable.Range(0, 8_000).Select(Word)];

#pragma warning disable RS0030 // seeded: the same documents in every run
    private readonly Random _random = new(seed);
#pragma warning restore RS0030

    /// <summary>A Markdown document of so many sections of about a passage each.</summary>
    public string Markdown(int sections)
    {
        var text = new StringBuilder().Append("# ").Append(Sentence(5)).Append("\n\n");
        for (var section = 0; section < sections; section++)
        {
            text.Append("## ").Append(Sentence(4)).Append("\n\n").AppendJoin(' ', Enumerable.Range(0, 8).Select(_ => Sentence(14))).Append("\n\n");
            if (section % 3 == 0)
            {
                text.AppendJoin('\n', Enumerable.Range(0, 4).Select(_ => $"- {Sentence(8)}")).Append("\n\n");
            }
        }

        return text.ToString();
    }

    /// <summary>A PDF of so many full pages of text: written by hand, since only its text matters.</summary>
    public byte[] Pdf(int pages)
    {
        var file = new MemoryStream();
        var offsets = new List<long>();
        Write(file, "%PDF-1.4\n");
        Add($"<< /Type /Catalog /Pages 2 0 R >>");
        Add($"<< /Type /Pages /Count {pages} /Kids [{string.Join(' ', Enumerable.Range(0, pages).Select(page => $"{4 + (page * 2)} 0 R"))}] >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        for (var page = 0; page < pages; page++)
        {
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + (page * 2)} 0 R >>");
            var content = Page(page);
            Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        var start = file.Position;
        Write(file, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(offset => $"{offset:0000000000} 00000 n \n"))}");
        Write(file, $"trailer << /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();

        void Add(string body)
        {
            offsets.Add(file.Position);
            Write(file, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }
    }

    private string Page(int page)
    {
        var content = new StringBuilder("BT /F1 11 Tf 14 TL 60 780 Td\n");
        for (var line = 0; line < LinesPerPage; line++)
        {
            content.Append('(').Append(line == 0 ? $"Chapter {page + 1}" : Sentence(11)).Append(") Tj T*\n");
        }

        return content.Append("ET").ToString();
    }

    private string Sentence(int words)
    {
        var text = string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[Rank()]));
        return string.Concat(char.ToUpper(text[0], CultureInfo.InvariantCulture).ToString(), text.AsSpan(1), ".");
    }

    /// <summary>The rank of a word by Zipf's law with exponent 1: its logarithm is evenly spread.</summary>
    private int Rank() => (int)Math.Min(Words.Length - 1, Math.Exp(_random.NextDouble() * Math.Log(Words.Length)) - 1);

    /// <summary>A word that can be said: syllables by the digits of its rank.</summary>
    private static string Word(int rank)
    {
        string[] syllables = ["ba", "cor", "de", "fin", "gal", "hu", "is", "jor", "ka", "lem", "mo", "nit", "or", "pe", "qua", "rin", "so", "tal", "ur", "ven"];
        var word = new StringBuilder();
        for (var rest = rank + 1; rest > 0; rest /= syllables.Length)
        {
            word.Append(syllables[rest % syllables.Length]);
        }

        return word.ToString();
    }

    private static void Write(Stream file, string text) => file.Write(Encoding.ASCII.GetBytes(text));
}
