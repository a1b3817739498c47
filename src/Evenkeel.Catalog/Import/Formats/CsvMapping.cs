using System.Text.Json;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>Which column of a table is which field: as told, otherwise guessed from the names of the columns.</summary>
/// <param name="Columns">Field to name of the column; null = guess.</param>
/// <param name="DateOrder">Null = told by the dates of the file.</param>
internal sealed record CsvMapping(IReadOnlyDictionary<string, string>? Columns, DateOrder? DateOrder)
{
    private const string DateFormat = "date_format";

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["key"] = ["key", "id", "uid", "event id", "编号", "标识"],
        ["title"] = ["title", "name", "event", "event name", "event title", "subject", "summary", "标题", "名称", "活动", "活动名称", "会议名称", "主题"],
        ["description"] = ["description", "details", "about", "abstract", "notes", "描述", "说明", "简介", "详情", "活动介绍", "内容"],
        ["starts"] = ["starts", "start", "start date", "begin", "begins", "from", "date", "starts at", "start datetime", "dtstart", "开始", "开始日期", "开始时间", "日期", "起始日期", "起始时间", "举办日期", "活动时间", "时间"],
        ["starts_time"] = ["start time", "time", "begin time", "开始时间", "起始时间", "时间", "开始时刻"],
        ["ends"] = ["ends", "end", "end date", "to", "until", "ends at", "end datetime", "dtend", "finish", "结束", "结束日期", "结束时间", "截止日期", "终止日期"],
        ["ends_time"] = ["end time", "finish time", "结束时间", "结束时刻"],
        ["time_zone"] = ["time zone", "timezone", "tz", "时区"],
        ["url"] = ["url", "link", "website", "web", "homepage", "网址", "链接", "网站", "官网"],
        ["categories"] = ["categories", "category", "tags", "tag", "topic", "topics", "type", "类别", "分类", "标签", "类型"],
        ["languages"] = ["languages", "language", "locale", "locales", "语言", "语种"],
        ["virtual"] = ["virtual", "online", "remote", "线上", "在线", "是否线上", "是否在线"],
        ["venue"] = ["venue", "location", "place", "address", "场馆", "场地", "地点", "会场", "地址", "举办地点"],
        ["city"] = ["city", "town", "城市", "所在城市"],
        ["country"] = ["country", "nation", "国家", "国家地区", "国家或地区", "国别"],
        ["latitude"] = ["latitude", "lat", "纬度"],
        ["longitude"] = ["longitude", "lng", "lon", "long", "经度"],
    };

    /// <summary>Reads <c>{"title":"Name","starts":"Begin","date_format":"dd.mm.yyyy"}</c>; null or blank = guess everything.</summary>
    public static Result<CsvMapping> Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new CsvMapping(null, null);
        }

        Dictionary<string, string?>? columns;
        try
        {
            columns = JsonSerializer.Deserialize<Dictionary<string, string?>>(json);
        }
        catch (JsonException)
        {
            columns = null;
        }

        return columns is null
            ? Error.Invalid(new FieldProblem("mapping", "A JSON object of field names and column names.", "应为字段名到列名的 JSON 对象。"))
            : Check(columns);
    }

    private static Result<CsvMapping> Check(Dictionary<string, string?> columns)
    {
        DateOrder? order = null;
        if (columns.Remove(DateFormat, out var format) && format is not null && (order = CsvDates.OrderOf(format)) is null)
        {
            return Error.Invalid(new FieldProblem("mapping.date_format", "Such as yyyy-mm-dd, dd.mm.yyyy or mm/dd/yyyy.", "如 yyyy-mm-dd、dd.mm.yyyy 或 mm/dd/yyyy。"));
        }

        var unknown = columns.Keys.FirstOrDefault(name => !Names.ContainsKey(name));
        return unknown is not null
            ? Error.Invalid(new FieldProblem("mapping", $"The fields are {string.Join(", ", Names.Keys)} and {DateFormat}.", $"字段为 {string.Join("、", Names.Keys)} 和 {DateFormat}。"))
            : new CsvMapping(
                columns.Count == 0 ? null : columns.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!, StringComparer.Ordinal), order);
    }

    /// <summary>The place of each field's column in <paramref name="header"/>, or which named column is not there.</summary>
    public Result<IReadOnlyDictionary<string, int>> Find(IReadOnlyList<string> header)
    {
        var folded = header.Select(Fold).ToList();
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (field, names) in Names)
        {
            if (Columns is not null)
            {
                if (Columns.TryGetValue(field, out var name) && (found[field] = folded.IndexOf(Fold(name))) < 0)
                {
                    return Error.Invalid(new FieldProblem($"mapping.{field}", "The file has no such column.", "文件中没有此列。"));
                }
            }
            else if (Guess(folded, names, found.Values) is { } index)
            {
                found[field] = index;
            }
        }

        return found.ContainsKey("title") && found.ContainsKey("starts") ? found : Error.Invalid(new FieldProblem(
            "mapping", "Say which columns are title and starts: they could not be told from the first line.", "请指明 title 和 starts 对应的列：无法从首行识别。"));
    }

    private static int? Guess(List<string> header, string[] names, Dictionary<string, int>.ValueCollection taken)
    {
        foreach (var name in names)
        {
            var index = header.IndexOf(Fold(name));
            if (index >= 0 && !taken.Contains(index))
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>Case, blanks, <c>_</c>, <c>-</c> and what stands in brackets make no difference: <c>Start_Date (local)</c> is <c>start date</c>.</summary>
    private static string Fold(string name)
    {
        var plain = TextRules.Line(name);
        var bracket = plain.IndexOfAny(['(', '（', '[']);
        return string.Concat((bracket > 0 ? plain[..bracket] : plain).Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }
}
