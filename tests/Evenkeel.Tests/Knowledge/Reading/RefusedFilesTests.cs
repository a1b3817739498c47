using System.IO.Compression;
using System.Text;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Reading;
using PdfSharp.Pdf.IO;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Reading;

/// <summary>Files made to do harm, or damaged: each ends with its reason, through the whole reader.</summary>
public sealed class RefusedFilesTests(ReadingFiles files) : IClassFixture<ReadingFiles>
{
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_empty()
    {
        (await ReadingFiles.ReasonAsync(files.Write("a.pdf", []), Cancelled)).ShouldBe(KnowledgeReasons.Empty);
        (await ReadingFiles.ReasonAsync(files.Write("a.md", " \n\n "), Cancelled)).ShouldBe(KnowledgeReasons.Empty);
    }

    [Fact]
    public async Task What_is_no_document_is_refused_by_its_content()
    {
        byte[] program = [0x4D, 0x5A, 0x90, 0x00, .. new byte[500]];
        (await ReadingFiles.ReasonAsync(files.Write("setup.pdf", program), Cancelled)).ShouldBe(KnowledgeReasons.WrongType);
        (await ReadingFiles.ReasonAsync(files.Write("setup.exe", program), Cancelled)).ShouldBe(KnowledgeReasons.UnsupportedType);
        (await ReadingFiles.ReasonAsync(files.Write("noise.txt", [.. Enumerable.Range(0, 999).Select(index => (byte)(index * 7 % 31))]), Cancelled)).ShouldBe(KnowledgeReasons.NotText);
        (await ReadingFiles.ReasonAsync(files.Write("old.doc", [.. Compound, .. new byte[2000]]), Cancelled)).ShouldBe(KnowledgeReasons.UnsupportedType);
        (await ReadingFiles.ReasonAsync(files.Made("archive.zip", Zip(("readme.txt", "x"u8.ToArray(), 1))), Cancelled)).ShouldBe(KnowledgeReasons.UnsupportedType);
    }

    [Fact]
    public async Task Protected_documents_are_encrypted()
    {
        byte[] office = [.. Compound, .. new byte[0x400 - 8], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[500]];
        (await ReadingFiles.ReasonAsync(files.Write("secret.docx", office), Cancelled)).ShouldBe(KnowledgeReasons.Encrypted);

        using var stream = new MemoryStream(new PdfPages().Page().Line(60, 700, "Nobody reads this.").Build());
        using var pdf = PdfReader.Open(stream, PdfDocumentOpenMode.Modify);
        pdf.SecuritySettings.UserPassword = "secret";
        pdf.SecuritySettings.OwnerPassword = "owner";
        var path = files.NewPath();
        pdf.Save(path);
        (await ReadingFiles.ReasonAsync(files.Made("secret.pdf", path), Cancelled)).ShouldBe(KnowledgeReasons.Encrypted);
    }

    [Fact]
    public async Task Damaged_documents_are_corrupt()
    {
        var whole = await File.ReadAllBytesAsync(OfficeFiles.Word(files.NewPath(), OfficeFiles.Paragraph("text")), Cancelled);
        (await ReadingFiles.ReasonAsync(files.Write("half.docx", whole[..(whole.Length / 2)]), Cancelled)).ShouldBe(KnowledgeReasons.Corrupt);
        (await ReadingFiles.ReasonAsync(files.Write("zeros.pdf", new byte[4000]), Cancelled)).ShouldBe(KnowledgeReasons.Corrupt);

        var circle = PdfPages.Write(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [2 0 R] >>"]);
        (await ReadingFiles.ReasonAsync(files.Write("circle.pdf", circle), Cancelled)).ShouldBeOneOf(KnowledgeReasons.Corrupt, KnowledgeReasons.NoText);
    }

    [Fact]
    public async Task Archives_that_expand_without_end_are_not_unpacked()
    {
        (string, byte[], int) content = ("word/document.xml", new byte[1024 * 1024], 1024);
        (await ReadingFiles.ReasonAsync(files.Made("bomb.docx", Zip(content)), Cancelled)).ShouldBe(KnowledgeReasons.Expands);
        (await ReadingFiles.ReasonAsync(files.Made("picture.docx", Zip(("word/document.xml", "<a/>"u8.ToArray(), 1), ("word/media/x.bmp", new byte[1024 * 1024], 64))), Cancelled)).ShouldBe(KnowledgeReasons.Expands);

        var many = files.NewPath();
        using (var archive = ZipFile.Open(many, ZipArchiveMode.Create))
        {
            for (var index = 0; index <= 10_000; index++)
            {
                archive.CreateEntry($"word/{index}.xml", CompressionLevel.NoCompression);
            }
        }

        (await ReadingFiles.ReasonAsync(files.Made("many.docx", many), Cancelled)).ShouldBe(KnowledgeReasons.Expands);
    }

    [Fact]
    public void A_package_that_lies_about_its_sizes_is_counted_while_it_is_unpacked()
    {
        var bytes = File.ReadAllBytes(Zip(("word/document.xml", [.. "<a>"u8, .. Enumerable.Repeat((byte)'x', 3_000_000), .. "</a>"u8], 1)));
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 100);

        ReadingFiles.ReasonHere(files.Write("liar.docx", bytes), new ReadingLimits(100, 1_000_000)).ShouldBeOneOf(KnowledgeReasons.Expands, KnowledgeReasons.Corrupt);
    }

    [Fact]
    public async Task Entities_and_endless_nesting_in_a_package_are_refused()
    {
        const string laughs = "<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><w>&c;</w>";
        (await ReadingFiles.ReasonAsync(files.Made("laughs.docx", Zip(("word/document.xml", Encoding.UTF8.GetBytes(laughs), 1))), Cancelled)).ShouldBe(KnowledgeReasons.Corrupt);
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        ReadingFiles.ReasonHere(files.Made("deep.docx", Zip(("word/document.xml", Encoding.UTF8.GetBytes(deep), 1)))).ShouldBe(KnowledgeReasons.Corrupt);
    }

    [Fact]
    public async Task Endless_pages_end()
    {
        (await ReadingFiles.ReasonAsync(files.Write("deep.html", "<html>" + string.Concat(Enumerable.Repeat("<div>", 200_000)) + "x"), Cancelled)).ShouldBe(KnowledgeReasons.Corrupt);
        (await ReadingFiles.ReasonAsync(files.Write("long.html", "<html>" + new string('x', 50 * 1024 * 1024)), Cancelled)).ShouldBe(KnowledgeReasons.TooLarge);
        ReadingFiles.ReasonHere(files.Write("items.html", "<ul>" + string.Concat(Enumerable.Repeat("<li><p>x", 20_000)))).ShouldBeNull();
    }

    [Fact]
    public void A_sheet_of_a_million_declared_rows_costs_what_is_in_it()
    {
        var rows = string.Concat(Enumerable.Range(1, 1_048_576).Select(row => $"<row r=\"{row}\"/>")) + $"<row r=\"1048576\">{OfficeFiles.Text("XFD1048576", "far")}{OfficeFiles.Text("A1048576", "end")}</row>";

        ReadingFiles.Here(files.Made("million.xlsx", OfficeFiles.Sheets(files.NewPath(), ("S", rows, false)))).Passages.ShouldHaveSingleItem().Place!.FirstRow.ShouldBe(1_048_576);
    }

    [Fact]
    public void More_passages_than_may_be_are_too_many()
    {
        var text = string.Concat(Enumerable.Range(0, 400).Select(index => $"## Part {index}\n\nSome text.\n\n"));

        ReadingFiles.ReasonHere(files.Write("many.md", text), new ReadingLimits(300, 1)).ShouldBe(KnowledgeReasons.TooManyPassages);
        ReadingFiles.ReasonHere(files.Write("many.md", text), new ReadingLimits(400, 1)).ShouldBeNull();
    }

    private string Zip(params (string Name, byte[] Block, int Times)[] entries)
    {
        var path = files.NewPath();
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, block, times) in entries)
        {
            using var entry = archive.CreateEntry(name, times > 100 ? CompressionLevel.Fastest : CompressionLevel.Optimal).Open();
            for (var time = 0; time < times; time++)
            {
                entry.Write(block);
            }
        }

        return path;
    }
}
