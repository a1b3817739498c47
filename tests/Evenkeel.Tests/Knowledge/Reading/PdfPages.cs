using System.Globalization;
using System.Text;

namespace Evenkeel.Tests.Knowledge.Reading;

/// <summary>Writes a PDF by hand: lines of text placed on pages, in Helvetica, its bold face, or a Chinese font known by its mapping alone.</summary>
internal sealed class PdfPages
{
    private const int FirstPage = 7;
    private readonly List<StringBuilder> _pages = [];

    public string? Title { get; init; }

    public PdfPages Page()
    {
        _pages.Add(new StringBuilder());
        return this;
    }

    public PdfPages Line(double x, double y, string text, double size = 11, bool isBold = false)
    {
        var isChinese = text.Any(character => character > 0x2E80);
        var shown = isChinese ? $"<{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>" : $"({text.Replace("\\", "\\\\").Replace("(", "\\(").Replace(")", "\\)")})";
        _pages[^1].Append(CultureInfo.InvariantCulture, $"BT /{(isChinese ? "F3" : isBold ? "F2" : "F1")} {size} Tf {x} {y} Td {shown} Tj ET\n");
        return this;
    }

    public PdfPages Lines(double x, double y, double pitch, params string[] lines)
    {
        for (var index = 0; index < lines.Length; index++)
        {
            Line(x, y - (index * pitch), lines[index]);
        }

        return this;
    }

    public byte[] Build()
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select((_, index) => $"{FirstPage + (2 * index)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun "
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 "
            + "/FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >> >>] >>",
            Stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                + "1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"),
        };
        for (var index = 0; index < _pages.Count; index++)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {FirstPage + 1 + (2 * index)} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>");
            objects.Add(Stream(_pages[index].ToString()));
        }

        return Write(objects, Title is null ? "" : $"/Info << /Title ({Title}) >>");
    }

    /// <summary>A file of these objects, numbered from 1, of which the first is the catalog.</summary>
    public static byte[] Write(IReadOnlyList<string> objects, string trailer = "")
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        for (var index = 0; index < objects.Count; index++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{objects[index]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer << /Size {objects.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    public static string Stream(string content) => $"<< /Length {content.Length} >>\nstream\n{content}\nendstream";
}
