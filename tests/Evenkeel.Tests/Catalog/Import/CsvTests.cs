using System.Text;
using Evenkeel.Catalog.Import;
using Evenkeel.Catalog.Import.Formats;
using Evenkeel.Catalog.Import.Rows;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog.Import;

/// <summary>Tables in the forms people have them in.</summary>
public sealed class CsvTests
{
    [Fact]
    public void English_headers_with_semicolons_and_days_first_are_understood()
    {
        var rows = Read("""
            Event Name;Start_Date;Start time;End date;End Time;City;Country;Online;Tags;Lat;Lng
            "Keel; Days";3.4.2027;9:00;14.4.2027;5:30 PM;Berlin;Germany;yes;boats, wood;52,52;13,40
            Rudder Night;15.4.27;22:00;;01:30;Kiel;Germany;no;;;
            """);

        var first = rows.Events[0];
        (first.Line, first.Title, first.Starts, first.Ends).ShouldBe((2, "Keel; Days", "2027-04-03T09:00:00", "2027-04-14T17:30:00"));
        (first.Place!.City, first.Place.Country, first.Virtual, first.Place.Latitude).ShouldBe(("Berlin", "Germany", true, 52.52));
        first.Categories.ShouldBe(["boats", "wood"]);
        (rows.Events[1].Starts, rows.Events[1].Ends, rows.Events[1].Virtual).ShouldBe(("2027-04-15T22:00:00", "2027-04-16T01:30:00", false));
        rows.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Chinese_headers_in_gb18030_are_understood()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string table = """
            活动名称,开始日期,开始时间,结束时间,城市,国家,是否线上,类别,网址
            龙骨技术大会,2027年3月14日,上午9:30,下午5:30,上海,中国,否,航海、木工,https://keel.example/zh
            线上舵手之夜,2027/4/1,19:00,21:00,,,是,航海,
            """;
        foreach (var encoding in new[] { Encoding.GetEncoding("gb18030"), new UTF8Encoding(true), Encoding.Unicode })
        {
            var rows = Read([.. encoding.GetPreamble(), .. encoding.GetBytes(table)], new CsvMapping(null, null));
            var first = rows.Events[0];
            (first.Title, first.Starts, first.Ends, first.Virtual).ShouldBe(("龙骨技术大会", "2027-03-14T09:30:00", "2027-03-14T17:30:00", false), encoding.WebName);
            (first.Place!.City, first.Place.Country).ShouldBe(("上海", "中国"));
            first.Categories.ShouldBe(["航海", "木工"]);
            (rows.Events[1].Starts, rows.Events[1].Virtual).ShouldBe(("2027-04-01T19:00:00", true));
        }
    }

    [Theory]
    [InlineData("03/04/2027,12/25/2027", null, "2027-03-04")]
    [InlineData("03/04/2027,25/12/2027", null, "2027-04-03")]
    [InlineData("03/04/2027,05/06/2027", null, "2027-03-04")]
    [InlineData("03.04.2027,05.06.2027", null, "2027-04-03")]
    [InlineData("03/04/2027,05/06/2027", "dd/mm/yyyy", "2027-04-03")]
    [InlineData("03-04-2027,05-06-2027", "mm-dd-yyyy", "2027-03-04")]
    [InlineData("2027-3-4,2027/12/25", null, "2027-03-04")]
    public void Whether_the_day_or_the_month_comes_first_is_told_by_the_whole_file(string dates, string? format, string first)
    {
        var mapping = CsvMapping.Parse(format is null ? null : $$"""{"date_format":"{{format}}","title":"Name","starts":"Date"}""").Value!;
        var rows = Read(Encoding.UTF8.GetBytes($"Name,Date\nA,{dates.Split(',')[0]}\nB,{dates.Split(',')[1]}\n"), mapping);
        rows.Events[0].Starts.ShouldBe(first);
        rows.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_mapping_names_columns_of_any_name()
    {
        var mapping = CsvMapping.Parse("""{"title":"Was","starts":"Wann","venue":"Wo"}""").Value!;
        var row = Read("Wo\tWann\tWas\nHalle 7\t2027-03-14 09:00\tKieltage\n"u8.ToArray(), mapping).Events.ShouldHaveSingleItem();
        (row.Title, row.Starts, row.Place!.Venue).ShouldBe(("Kieltage", "2027-03-14 09:00", "Halle 7"));
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_costs_its_row_only()
    {
        var rows = Read("""
            title,starts
            "Two
            lines",2027-01-01

            Again "stray" one,2027-01-04
            "open,2027-01-02
            After,2027-01-03
            """);
        rows.Events.Select(row => (row.Line, TextRules.Line(row.Title!))).ShouldBe([(2, "Two lines"), (5, "Again \"stray\" one"), (7, "After")]);
        rows.Problems.Select(problem => (problem.Line, problem.Code, problem.IsWarning)).ShouldBe([(5, "quote_stray", true), (6, "quote_open", false)]);
        (rows.Rows, rows.Failed).ShouldBe((4, 1));
    }

    [Fact]
    public void A_row_of_very_many_columns_is_refused() =>
        CsvRows.Read(Encoding.UTF8.GetBytes("title,starts\n" + new string(',', 5_000_000)), new CsvMapping(null, null), new ReadRows(100), CancellationToken.None)
            .ShouldNotBeNull().Status.ShouldBe(422);

    [Fact]
    public void More_rows_than_allowed_are_refused() =>
        CsvRows.Read("title,starts\nA,2027-01-01\nB,2027-01-01\nC,2027-01-01\n"u8.ToArray(), new CsvMapping(null, null), new ReadRows(2), CancellationToken.None)
            .ShouldNotBeNull().Status.ShouldBe(413);

    private static ReadRows Read(string table) => Read(Encoding.UTF8.GetBytes(table), new CsvMapping(null, null));

    private static ReadRows Read(byte[] table, CsvMapping mapping)
    {
        var rows = new ReadRows(1_000);
        var text = FileText.ToUtf8(table).ShouldNotBeNull();
        ImportFormat.Of(text.Span).ShouldBe(ImportFormat.Csv);
        CsvRows.Read(text, mapping, rows, CancellationToken.None).ShouldBeNull();
        return rows;
    }
}
