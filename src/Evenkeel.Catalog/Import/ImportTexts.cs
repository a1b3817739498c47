namespace Evenkeel.Catalog.Import;

/// <summary>Stable codes of what can be wrong with a row, and what each means in both languages; <c>{0}</c> is the value it is about.</summary>
internal static class ImportTexts
{
    public const string TitleMissing = "title_missing";
    public const string TextShortened = "text_shortened";
    public const string StartsMissing = "starts_missing";
    public const string DateInvalid = "date_invalid";
    public const string EndsBeforeStarts = "ends_before_starts";
    public const string TimeZoneUnknown = "time_zone_unknown";
    public const string TimeZoneGuessed = "time_zone_guessed";
    public const string UrlInvalid = "url_invalid";
    public const string CategoryInvalid = "category_invalid";
    public const string LanguageInvalid = "language_invalid";
    public const string CoordinatesInvalid = "coordinates_invalid";
    public const string LocationUnknown = "location_unknown";
    public const string KeyInvalid = "key_invalid";
    public const string TypeInvalid = "type_invalid";
    public const string FieldUnknown = "field_unknown";
    public const string DuplicateKey = "duplicate_key";
    public const string QuoteOpen = "quote_open";
    public const string QuoteStray = "quote_stray";
    public const string EventInvalid = "event_invalid";
    public const string RuleInvalid = "rule_invalid";
    public const string OccurrencesLimited = "occurrences_limited";
    public const string OutsideWindow = "outside_window";

    private static readonly Dictionary<string, (string English, string Chinese)> Texts = new(StringComparer.Ordinal)
    {
        [TitleMissing] = ("There is no title.", "缺少标题。"),
        [TextShortened] = ("The text was longer than {0} characters and was shortened.", "文本超过 {0} 个字符，已截短。"),
        [StartsMissing] = ("It does not say when it begins.", "缺少开始时间。"),
        [DateInvalid] = ("“{0}” is not a date or time that is understood.", "无法识别日期或时间“{0}”。"),
        [EndsBeforeStarts] = ("It ends before it begins.", "结束时间早于开始时间。"),
        [TimeZoneUnknown] = ("“{0}” is not a known time zone.", "未知时区“{0}”。"),
        [TimeZoneGuessed] = ("The time zone is described in the file only; it was taken for {0}, which has the same hours.", "时区仅在文件中定义，已按小时相同的 {0} 处理。"),
        [UrlInvalid] = ("“{0}” is not an address that begins with http:// or https://; it was left out.", "“{0}”不是以 http:// 或 https:// 开头的网址，已略去。"),
        [CategoryInvalid] = ("There are more than 20 categories, or one is longer than 60 characters; these were left out.", "类别超过 20 个，或某个类别超过 60 个字符，已略去。"),
        [LanguageInvalid] = ("“{0}” is not a language code; it was left out.", "“{0}”不是语言代码，已略去。"),
        [CoordinatesInvalid] = ("The coordinates are not a place on Earth; they were left out.", "坐标无效，已略去。"),
        [LocationUnknown] = ("There is no such location in the catalogue.", "目录中没有此地点。"),
        [KeyInvalid] = ("A key has 1 to 300 characters.", "键应为 1 到 300 个字符。"),
        [TypeInvalid] = ("The value has the wrong form.", "值的格式不正确。"),
        [FieldUnknown] = ("This field is not known and was left out wherever it stands.", "未知字段，所有行中均已略去。"),
        [DuplicateKey] = ("Line {0} is the same event; what stands there was taken.", "第 {0} 行是同一活动，已采用该行内容。"),
        [QuoteOpen] = ("A quotation mark is opened and never closed.", "引号没有闭合。"),
        [QuoteStray] = ("A quotation mark stands where none is expected; it was taken as text.", "引号位置不正确，已按普通文本处理。"),
        [EventInvalid] = ("The event cannot be read.", "无法读取此活动。"),
        [RuleInvalid] = ("The rule by which it repeats cannot be followed.", "无法按其重复规则展开。"),
        [OccurrencesLimited] = ("It repeats very often; the first {0} times were taken.", "重复次数过多，仅采用前 {0} 次。"),
        [OutsideWindow] = ("It does not repeat within the next 400 days.", "在未来 400 天内没有重复。"),
    };

    /// <summary>All codes.</summary>
    public static IEnumerable<string> All => Texts.Keys;

    /// <summary>The text for whoever reads <paramref name="language"/>.</summary>
    public static string Of(string code, string? value, string language)
    {
        var (english, chinese) = Texts[code];
        return (language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? chinese : english).Replace("{0}", value, StringComparison.Ordinal);
    }
}
