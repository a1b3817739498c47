namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>The body that makes an index. Its texts are our own terms with blanks between, so that ranking needs no plugin for any language.</summary>
internal static class EventMapping
{
    public static object Create() => new
    {
        settings = new { index = new { number_of_shards = 1 } },
        mappings = new
        {
            dynamic = "strict",
            properties = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["event_id"] = Type("keyword"),
                ["organization_id"] = Type("keyword"),
                ["title"] = Terms(),
                ["place"] = Terms(),
                ["description"] = Terms(),
                ["location_ids"] = Type("keyword"),
                ["country_code"] = Type("keyword"),
                ["starts_on"] = Day(),
                ["ends_on"] = Day(),
                ["categories"] = Type("keyword"),
                ["is_virtual"] = Type("boolean"),
            },
        },
    };

    private static object Type(string type) => new { type };

    private static object Terms() => new { type = "text", analyzer = "whitespace" };

    private static object Day() => new { type = "date", format = "yyyy-MM-dd" };
}
