using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Reading;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Reading;

public sealed class ReadingProperties(ReadingFiles files) : IClassFixture<ReadingFiles>
{
    private static readonly string[] Names = ["a.pdf", "a.docx", "a.pptx", "a.xlsx", "a.html", "a.md", "a.txt", "a.csv", "a.tsv", "a", "a.bin", ".pdf", "a.PDF"];

    private static readonly byte[][] Beginnings =
        ["%PDF-1.4\n"u8.ToArray(), "PK\u0003\u0004"u8.ToArray(), "<html>"u8.ToArray(), "# x\n\n| a | b |\n|---|---|\n"u8.ToArray(), [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "a,b\n\"1"u8.ToArray(), []];

    [Fact]
    public void Any_bytes_under_any_name_give_passages_or_a_known_reason()
    {
        var property = Prop.ForAll(
            Gen.Elements(Names).ToArbitrary(), Gen.Elements(Beginnings).ToArbitrary(), ArbMap.Default.ArbFor<byte[]>(), (name, beginning, rest) => Holds(files.Write(name, [.. beginning, .. rest])));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(600), property);
    }

    [Fact]
    public void Any_damage_to_a_document_gives_passages_or_a_known_reason()
    {
        (string Name, byte[] Bytes)[] whole =
        [
            ("a.pdf", new PdfPages().Page().Line(60, 700, "The keel keeps the boat upright.").Build()),
            ("a.docx", File.ReadAllBytes(OfficeFiles.Word(files.NewPath(), OfficeFiles.Paragraph("text")))),
            ("a.pptx", File.ReadAllBytes(OfficeFiles.Slides(files.NewPath(), (OfficeFiles.Shape("title", "<a:p/>"), null, false)))),
            ("a.xlsx", File.ReadAllBytes(OfficeFiles.Sheets(files.NewPath(), ("S", $"<row r=\"1\">{OfficeFiles.Text("A1", "x")}</row>", false)))),
            ("a.html", "<!doctype html><table><tr><td>a<td>b</table><ul><li>x"u8.ToArray()),
        ];
        var property = Prop.ForAll(Gen.Elements(whole).ToArbitrary(), Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (file, at, value) =>
        {
            var bytes = (byte[])file.Bytes.Clone();
            bytes[at % bytes.Length] = (byte)value;
            return Holds(files.Write(file.Name, at % 5 == 0 ? bytes[..(at % bytes.Length)] : bytes));
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), property);
    }

    private static bool Holds(DocumentFile file)
    {
        try
        {
            var read = ReadingFiles.Here(file);
            return read.Passages.Count > 0 && read.Title.Length is > 0 and <= 200 && read.Passages.All(passage => passage.Text.Length > 0 && !passage.Text.Contains('\0'));
        }
        catch (ReadFailedException exception)
        {
            return KnowledgeReasons.All.Contains(exception.ReasonCode);
        }
    }
}
